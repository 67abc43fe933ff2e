// The load generator of the benchmarks: it drives one hot path of a server or an agent, and prints one line of JSON.
//
// It speaks the SPIRE and SPIFFE APIs and knows nothing of who answers, so that two implementations can be compared.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"sort"
	"sync"
	"sync/atomic"
	"time"
)

// A worker does one operation at a time. It says how many items the operation was worth.
type worker func(ctx context.Context) (int, error)

// A path prepares what its workers need, and gives one worker for each number.
type path func(target target) (func(number int) (worker, error), error)

type target struct {
	server   string
	address  string
	endpoint string
	td       string
	batch    int
	agents   int
}

type report struct {
	Path    string  `json:"path"`
	Clients int     `json:"clients"`
	Items   int64   `json:"items"`
	Errors  int64   `json:"errors"`
	Error   string  `json:"error,omitempty"`
	Seconds float64 `json:"seconds"`
	PerSec  float64 `json:"per_second"`
	CPU     float64 `json:"cpu_seconds_per_1000"`
	P50     float64 `json:"p50_ms"`
	P99     float64 `json:"p99_ms"`
	RSS     float64 `json:"rss_mib"`
}

var paths = map[string]path{
	"mint-x509":     mintX509,
	"mint-jwt":      mintJWT,
	"batch-x509":    batchX509,
	"new-jwt":       newJWT,
	"create-entry":  createEntry,
	"connect-fetch": connectFetch,
	"fetch":         fetch,
	"fetch-jwt":     fetchJWT,
	"validate-jwt":  validateJWT,
}

func main() {
	name := flag.String("path", "", "the hot path to drive")
	clients := flag.Int("clients", 8, "operations under way at once")
	seconds := flag.Float64("seconds", 4, "length of the measured part")
	warmup := flag.Float64("warmup", 1.5, "seconds before it")
	pid := flag.Int("pid", 0, "root of the process tree whose CPU time and memory are measured")
	t := target{}
	flag.StringVar(&t.server, "server", "", "the server's local socket, as a path")
	flag.StringVar(&t.address, "address", "", "the server's TCP address")
	flag.StringVar(&t.endpoint, "endpoint", "", "the Workload API socket, as a path")
	flag.StringVar(&t.td, "trust-domain", "example.org", "")
	flag.IntVar(&t.batch, "batch", 500, "items in a batch")
	flag.IntVar(&t.agents, "agents", 10, "attested agents that ask")
	herd := flag.Bool("herd", false, "instead of a path: hold the feeds of that many agents")
	flag.Parse()
	if *herd {
		if err := runHerd(t, t.agents); err != nil {
			fail(err)
		}
		return
	}
	chosen, ok := paths[*name]
	if !ok {
		fail(fmt.Errorf("no such path: %q", *name))
	}
	make, err := chosen(t)
	if err != nil {
		fail(err)
	}
	r, err := drive(make, *clients, *warmup, *seconds, *pid)
	if err != nil {
		fail(err)
	}
	r.Path = *name
	_ = json.NewEncoder(os.Stdout).Encode(r)
}

func drive(make func(int) (worker, error), clients int, warmup, seconds float64, pid int) (report, error) {
	var items, errors atomic.Int64
	var measuring atomic.Bool
	var firstError atomic.Value
	latencies := [][]float64{}
	var lock sync.Mutex
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var group sync.WaitGroup
	for number := range clients {
		work, err := make(number)
		if err != nil {
			return report{}, err
		}
		group.Add(1)
		go func() {
			defer group.Done()
			own := []float64{}
			for ctx.Err() == nil {
				start := time.Now()
				count, err := work(ctx)
				if ctx.Err() != nil {
					break
				}
				if err != nil {
					errors.Add(1)
					firstError.CompareAndSwap(nil, err.Error())
					time.Sleep(10 * time.Millisecond)
					continue
				}
				if measuring.Load() {
					items.Add(int64(count))
					own = append(own, float64(time.Since(start).Microseconds())/1000)
				}
			}
			lock.Lock()
			latencies = append(latencies, own)
			lock.Unlock()
		}()
	}
	time.Sleep(time.Duration(warmup * float64(time.Second)))
	cpu := cpuSeconds(pid)
	start := time.Now()
	measuring.Store(true)
	time.Sleep(time.Duration(seconds * float64(time.Second)))
	measuring.Store(false)
	elapsed := time.Since(start).Seconds()
	cpu = cpuSeconds(pid) - cpu
	rss := residentMiB(pid)
	cancel()
	group.Wait()
	all := []float64{}
	for _, own := range latencies {
		all = append(all, own...)
	}
	sort.Float64s(all)
	r := report{
		Clients: clients, Items: items.Load(), Errors: errors.Load(), Seconds: elapsed,
		PerSec: float64(items.Load()) / elapsed, P50: quantile(all, 0.5), P99: quantile(all, 0.99), RSS: rss,
	}
	if r.Items > 0 {
		r.CPU = cpu * 1000 / float64(r.Items)
	}
	if text, ok := firstError.Load().(string); ok {
		r.Error = text
	}
	return r, nil
}

func quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, int(q*float64(len(sorted))))]
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
