package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	agentv1 "github.com/spiffe/spire-api-sdk/proto/spire/api/server/agent/v1"
	"google.golang.org/grpc"
)

// Agents that attest at once: preparing the herd is not what is measured.
const attestingAtOnce = 16

// Agents behind one address; a server limits what comes from one.
const agentsPerAddress = 200

const reportEvery = 250 * time.Millisecond

// What the herd prints four times a second.
type herdReport struct {
	Ms        int64 `json:"ms"`
	Connected int64 `json:"connected"`
	// All of these are counted from the beginning.
	Opened int64 `json:"opened"`
	Failed int64 `json:"failed"`
	Hints  int64 `json:"hints"`
	Synced int64 `json:"synced"`
	// The last failure, for whoever wonders.
	Failure string `json:"failure,omitempty"`
}

type herdCounts struct {
	connected, opened, failed, hints, synced atomic.Int64
	failure                                  atomic.Value
}

// Holds the feeds of many light agents until the program is told to end. SIGUSR1 cuts all connections at the same moment.
func runHerd(t target, size int) error {
	agents, err := attestHerd(t, size)
	if err != nil {
		return err
	}
	var counts herdCounts
	for _, agent := range agents {
		agent.counts = &counts
		go agent.live(context.Background())
	}
	cut := make(chan os.Signal, 1)
	signal.Notify(cut, syscall.SIGUSR1)
	ticker := time.NewTicker(reportEvery)
	output := json.NewEncoder(os.Stdout)
	for {
		select {
		case <-cut:
			for _, agent := range agents {
				agent.cut()
			}
		case <-ticker.C:
			failure, _ := counts.failure.Load().(string)
			if err := output.Encode(herdReport{
				Failure: failure,
				Ms:      time.Now().UnixMilli(), Connected: counts.connected.Load(), Opened: counts.opened.Load(),
				Failed: counts.failed.Load(), Hints: counts.hints.Load(), Synced: counts.synced.Load(),
			}); err != nil {
				return nil
			}
		}
	}
}

func attestHerd(t target, size int) ([]*herdAgent, error) {
	local, err := dialLocal(t.server)
	if err != nil {
		return nil, err
	}
	defer local.Close()
	remote, err := dialTLS(t, nil)
	if err != nil {
		return nil, err
	}
	defer remote.Close()
	tokens := agentv1.NewAgentClient(local)
	agents := make([]*herdAgent, size)
	places := make(chan struct{}, attestingAtOnce)
	var group sync.WaitGroup
	var failure atomic.Value
	for i := range agents {
		places <- struct{}{}
		if failure.Load() != nil {
			break
		}
		group.Add(1)
		go func() {
			defer group.Done()
			defer func() { <-places }()
			agent, err := attestOne(t, tokens, remote, i)
			if err != nil {
				failure.CompareAndSwap(nil, err)
				return
			}
			agents[i] = agent
		}()
	}
	group.Wait()
	if err, ok := failure.Load().(error); ok {
		return nil, fmt.Errorf("attestation: %w", err)
	}
	return agents, nil
}

func attestOne(t target, tokens agentv1.AgentClient, remote *grpc.ClientConn, number int) (*herdAgent, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	token, err := tokens.CreateJoinToken(ctx, &agentv1.CreateJoinTokenRequest{Ttl: 600})
	if err != nil {
		return nil, err
	}
	certificate, err := attestOn(ctx, remote, token.Value)
	if err != nil {
		return nil, err
	}
	source := net.IPv4(127, 0, 1, byte(1+number/agentsPerAddress))
	return &herdAgent{target: t, certificate: certificate, source: source}, nil
}
