package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"

	"github.com/testground/sdk-go/run"
	"github.com/testground/sdk-go/runtime"
	"github.com/testground/sdk-go/sync"
)

func ok(env *runtime.RunEnv, _ *run.InitContext) error {
	env.RecordMessage("built with sdk-go %s", sdkVersion())
	return nil
}

func failure(_ *runtime.RunEnv, _ *run.InitContext) error {
	return errors.New("could not do its work")
}

// panics where the SDK catches it: the SDK tells of a crash, twice, and the program exits with 0.
func panics(_ *runtime.RunEnv, _ *run.InitContext) error {
	panic("nobody expected this")
}

// abort ends the program without a word of the SDK.
func abort(env *runtime.RunEnv, _ *run.InitContext) error {
	switch how := env.StringParam("how"); how {
	case "panic":
		go panic("nobody caught this")
		select {}
	case "exit":
		_, _ = fmt.Fprintln(os.Stderr, "leaves at once")
		os.Exit(3)
	case "kill":
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	default:
		return fmt.Errorf("how %q: write panic, exit or kill", how)
	}
	return nil
}

// stall waits for somebody who never comes.
func stall(env *runtime.RunEnv, init *run.InitContext) error {
	env.RecordMessage("waits for state nobody-comes")
	return <-init.SyncClient.MustBarrier(context.Background(), sync.State("nobody-comes"), 1).C
}

// loseSyncService names ports where nobody listens, whichever generation the SDK is of.
func loseSyncService() {
	for _, name := range []string{"SYNC_SERVICE", "REDIS"} {
		_ = os.Setenv(name+"_HOST", "127.0.0.1")
		_ = os.Setenv(name+"_PORT", "1")
	}
}
