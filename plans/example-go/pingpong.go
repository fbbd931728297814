package main

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"time"

	"github.com/testground/sdk-go/network"
	"github.com/testground/sdk-go/run"
	"github.com/testground/sdk-go/runtime"
	"github.com/testground/sdk-go/sync"
)

const patience = 30 * time.Second

// pingPong measures round trips between two instances, over TCP: the first listens, the second dials.
// Where there is a sidecar it asks for a latency first, then for another.
func pingPong(env *runtime.RunEnv, init *run.InitContext) error {
	if env.TestInstanceCount != 2 {
		return fmt.Errorf("%d instances; ping-pong takes 2", env.TestInstanceCount)
	}
	conn, err := meet(env, init)
	if err != nil {
		return err
	}
	defer conn.Close()
	if !env.TestSidecar {
		return play(conn, env, init, "unshaped")
	}
	for _, name := range []string{"latency_ms", "latency2_ms"} {
		latency := time.Duration(env.IntParam(name)) * time.Millisecond
		if err := shape(init, name, latency); err != nil {
			return err
		}
		if err := play(conn, env, init, fmt.Sprintf("%s-%d", name, latency.Milliseconds())); err != nil {
			return err
		}
	}
	return nil
}

// meet connects the two.
func meet(env *runtime.RunEnv, init *run.InitContext) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	topic := sync.NewTopic("listener", "")
	if init.GlobalSeq == 1 {
		listener, err := net.Listen("tcp4", net.JoinHostPort(dataAddress(env), "0"))
		if err != nil {
			return nil, err
		}
		defer listener.Close()
		init.SyncClient.MustPublish(ctx, topic, listener.Addr().String())
		return listener.Accept()
	}
	addresses := make(chan string, 1)
	init.SyncClient.MustSubscribe(ctx, topic, addresses)
	select {
	case address := <-addresses:
		return net.DialTimeout("tcp4", address, patience)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// dataAddress is our own in the data network; without a sidecar the SDK names loopback, whatever there is.
func dataAddress(env *runtime.RunEnv) string {
	found, _ := net.InterfaceAddrs()
	for _, address := range found {
		if one, is := address.(*net.IPNet); is && one.IP.To4() != nil && env.TestSubnet.Contains(one.IP) {
			return one.IP.String()
		}
	}
	return "127.0.0.1"
}

// shape asks for a latency of all that we send, and returns when both have theirs.
func shape(init *run.InitContext, name string, latency time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return init.NetClient.ConfigureNetwork(ctx, &network.Config{
		Network:       network.DefaultDataNetwork,
		Enable:        true,
		Default:       network.LinkShape{Latency: latency},
		CallbackState: sync.State("shaped-" + name),
		RoutingPolicy: network.DenyAll,
	})
}

// play sends a ball to and fro, and records the fastest round trip; both return when both are done.
func play(conn net.Conn, env *runtime.RunEnv, init *run.InitContext, shape string) error {
	_ = conn.SetDeadline(time.Now().Add(patience))
	ball := bufio.NewReadWriter(bufio.NewReader(conn), bufio.NewWriter(conn))
	fastest := patience
	for round := 0; round < env.IntParam("rounds"); round++ {
		begun := time.Now()
		if init.GlobalSeq == 1 {
			if err := throw(ball); err != nil {
				return err
			}
		}
		if _, err := ball.ReadByte(); err != nil {
			return err
		}
		if init.GlobalSeq == 1 {
			fastest = min(fastest, time.Since(begun))
			continue
		}
		if err := throw(ball); err != nil {
			return err
		}
	}
	if init.GlobalSeq == 1 {
		env.RecordMessage("%s: the fastest round trip of %d took %s", shape, env.IntParam("rounds"), fastest)
		env.R().RecordPoint("rtt_ms,shape="+shape, float64(fastest.Microseconds())/1000)
	}
	_, err := init.SyncClient.SignalAndWait(context.Background(), sync.State("played-"+shape), env.TestInstanceCount)
	return err
}

func throw(ball *bufio.ReadWriter) error {
	if err := ball.WriteByte('.'); err != nil {
		return err
	}
	return ball.Flush()
}
