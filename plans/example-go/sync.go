package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/testground/sdk-go/run"
	"github.com/testground/sdk-go/runtime"
	"github.com/testground/sdk-go/sync"
)

// greeting is what every instance tells all others.
type greeting struct {
	Seq   int64
	Group string
	SDK   string
}

// syncs meets all instances at a state, greets them on a topic, and writes what it heard, in order, to greetings.json.
func syncs(env *runtime.RunEnv, init *run.InitContext) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()

	all := env.TestInstanceCount
	order := init.SyncClient.MustSignalAndWait(ctx, sync.State("met"), all)
	env.RecordMessage("signalled as %d of %d", order, all)

	heard := make(chan *greeting, all)
	own := &greeting{Seq: init.GlobalSeq, Group: env.TestGroupID, SDK: sdkVersion()}
	position, subscription := init.SyncClient.MustPublishSubscribe(ctx, sync.NewTopic("greetings", &greeting{}), own, heard)

	greetings, err := collect(heard, subscription, all)
	if err != nil {
		return err
	}
	if got := greetings[position-1]; *got != *own {
		return fmt.Errorf("published %+v as entry %d, where %+v was heard", *own, position, *got)
	}
	if err := distinct(greetings); err != nil {
		return err
	}
	file, err := env.CreateRawAsset("greetings.json")
	if err != nil {
		return err
	}
	if err := json.NewEncoder(file).Encode(greetings); err != nil {
		return err
	}
	_, err = init.SyncClient.SignalAndWait(ctx, sync.State("written"), all)
	return err
}

func collect(heard <-chan *greeting, subscription *sync.Subscription, count int) ([]*greeting, error) {
	greetings := make([]*greeting, 0, count)
	for len(greetings) < count {
		select {
		case one := <-heard:
			greetings = append(greetings, one)
		case err := <-subscription.Done():
			return nil, fmt.Errorf("heard %d of %d greetings: %w", len(greetings), count, err)
		}
	}
	return greetings, nil
}

// distinct holds that nobody was heard twice.
func distinct(greetings []*greeting) error {
	seen := map[int64]bool{}
	for _, one := range greetings {
		if seen[one.Seq] {
			return fmt.Errorf("heard %d twice", one.Seq)
		}
		seen[one.Seq] = true
	}
	return nil
}
