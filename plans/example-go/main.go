// Example-go shows what a plan on Testground's Go SDK may do, and what becomes of it.
package main

import (
	"os"
	"runtime/debug"

	"github.com/testground/sdk-go/run"
)

const sdkModule = "github.com/testground/sdk-go"

func main() {
	if os.Getenv("TEST_CASE") == "unreachable" {
		loseSyncService()
	}
	run.InvokeMap(map[string]interface{}{
		"ok":          run.InitializedTestCaseFn(ok),
		"failure":     run.InitializedTestCaseFn(failure),
		"panic":       run.InitializedTestCaseFn(panics),
		"abort":       run.InitializedTestCaseFn(abort),
		"stall":       run.InitializedTestCaseFn(stall),
		"unreachable": run.InitializedTestCaseFn(ok),
		"params":      run.TestCaseFn(params),
		"sync":        run.InitializedTestCaseFn(syncs),
		"output":      run.TestCaseFn(output),
		"metrics":     run.TestCaseFn(metrics),
		"ping-pong":   run.InitializedTestCaseFn(pingPong),
	})
}

// sdkVersion is the version of the SDK that this program was built with.
func sdkVersion() string {
	info, found := debug.ReadBuildInfo()
	if !found {
		return "unknown"
	}
	for _, module := range info.Deps {
		if module.Path != sdkModule {
			continue
		}
		if module.Replace != nil {
			return module.Replace.Version
		}
		return module.Version
	}
	return "unknown"
}
