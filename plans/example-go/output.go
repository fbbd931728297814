package main

import (
	"bytes"
	"fmt"
	"os"

	"github.com/testground/sdk-go/runtime"
)

// output writes in each way that the SDK has: a message, an error stream, a file of lines, a file of JSON, a file of any bytes.
func output(env *runtime.RunEnv) error {
	lines, err := env.CreateRawAsset("lines.txt")
	if err != nil {
		return err
	}
	rows := env.IntParam("rows")
	for row := 1; row <= rows; row++ {
		if _, err := fmt.Fprintf(lines, "row %d\n", row); err != nil {
			return err
		}
	}
	_, rowLogger, err := env.CreateStructuredAsset("rows.ndjson", runtime.StandardJSONConfig())
	if err != nil {
		return err
	}
	for row := 1; row <= rows; row++ {
		rowLogger.Infow("row", "number", row)
	}
	noise, err := env.CreateRawAsset("noise.bin")
	if err != nil {
		return err
	}
	if _, err := noise.Write(bytes.Repeat([]byte{0xff, 0, '\n'}, rows)); err != nil {
		return err
	}
	_, _ = fmt.Fprintln(os.Stderr, "a line of standard error")
	env.RecordMessage("wrote %d rows", rows)
	return nil
}
