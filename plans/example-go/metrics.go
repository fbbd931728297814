package main

import (
	"time"

	"github.com/testground/sdk-go/runtime"
)

// What is not a point is written once a second, and not when the program ends.
const interval = time.Second

// metrics records a metric of each kind, in results.out.
func metrics(env *runtime.RunEnv) error {
	results := env.R()
	results.RecordPoint("point", 1.5)
	results.RecordPoint("tagged,peer=a", 2.5)
	results.Counter("counter").Inc(3)
	results.Gauge("gauge").Update(4.5)
	results.Meter("meter").Mark(5)
	results.Timer("timer").Update(6 * time.Millisecond)
	histogram := results.Histogram("histogram", results.NewUniformSample(100))
	for value := int64(1); value <= 100; value++ {
		histogram.Update(value)
	}
	env.D().RecordPoint("diagnostic", 7)
	time.Sleep(2 * interval)
	return nil
}
