package main

import (
	"encoding/json"

	"github.com/testground/sdk-go/runtime"
)

// params writes what it was given to params.json, each as the SDK reads it.
func params(env *runtime.RunEnv) error {
	var list []int
	env.JSONParam("list", &list)
	given := map[string]interface{}{
		"text":   env.StringParam("text"),
		"number": env.IntParam("number"),
		"ratio":  env.FloatParam("ratio"),
		"flag":   env.BooleanParam("flag"),
		"size":   env.SizeParam("size"),
		"list":   list,
		"unset":  env.IsParamSet("unset"),
	}
	file, err := env.CreateRawAsset("params.json")
	if err != nil {
		return err
	}
	return json.NewEncoder(file).Encode(given)
}
