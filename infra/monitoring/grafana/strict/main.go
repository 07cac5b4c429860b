// Reads dashboards as Grafana's own types have them, strictly: what these do not know, or know otherwise, is told and ends in 1.
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

func main() {
	plugins.RegisterDefaultPlugins()
	slips := 0
	for _, name := range os.Args[1:] {
		text, err := os.ReadFile(name)
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		read := dashboard.Dashboard{}
		for _, err := range []error{read.UnmarshalJSONStrict(text), read.Validate()} {
			if isSlip(err) {
				fmt.Printf("%s: %s\n", name, err)
				slips++
			}
		}
	}
	if slips > 0 {
		os.Exit(1)
	}
}

// The reader gives an empty list of errors, which is not nil, where there are none.
func isSlip(err error) bool {
	var all cog.BuildErrors
	return err != nil && !(errors.As(err, &all) && len(all) == 0)
}
