package main

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"sync"
	"time"

	bundlev1 "github.com/spiffe/spire-api-sdk/proto/spire/api/server/bundle/v1"
	entryv1 "github.com/spiffe/spire-api-sdk/proto/spire/api/server/entry/v1"
	"github.com/spiffe/spire-api-sdk/proto/spire/api/types"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
)

// As the agent's own feed: packages/agent/src/feed.
const (
	shortestPause  = 500 * time.Millisecond
	firstPause     = 1500 * time.Millisecond
	longestPause   = 10 * time.Second
	shortLived     = time.Second
	firstMessage   = 30 * time.Second
	silenceInBeats = 2
)

// Little of the real ones, so that many fit: what is sent is small.
const (
	bufferBytes = 4096
	windowBytes = 1 << 16
)

// An agent without workloads: it holds the feed, and asks when it is told that something changed.
type herdAgent struct {
	target      target
	certificate *tls.Certificate
	source      net.IP
	counts      *herdCounts
	position    feedPosition
	attached    bool

	lock   sync.Mutex
	socket net.Conn
}

func (a *herdAgent) live(ctx context.Context) {
	// They were not started together.
	time.Sleep(rand.N(10 * time.Second))
	var pause time.Duration
	var connection *grpc.ClientConn
	for ctx.Err() == nil {
		if connection == nil {
			connection = a.dial()
		}
		began := time.Now()
		err := a.hold(ctx, connection)
		lasted := time.Since(began) > shortLived
		if lasted {
			pause = 0
		}
		if errors.Is(err, io.EOF) && lasted {
			continue
		}
		if err != nil && !errors.Is(err, io.EOF) {
			a.counts.failed.Add(1)
			a.counts.failure.Store(err.Error())
			a.attach(false)
			connection.Close()
			connection = nil
		}
		pause = nextPause(pause)
		time.Sleep(pause)
	}
}

func nextPause(last time.Duration) time.Duration {
	most := firstPause
	if last > 0 {
		most = min(longestPause, 3*last)
	}
	return shortestPause + rand.N(max(1, most-shortestPause))
}

func (a *herdAgent) dial() *grpc.ClientConn {
	config := &tls.Config{
		InsecureSkipVerify: true, MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{*a.certificate},
	}
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: a.source}}
	connection, err := grpc.NewClient("passthrough:///"+a.target.address,
		grpc.WithTransportCredentials(credentials.NewTLS(config)),
		grpc.WithReadBufferSize(bufferBytes), grpc.WithWriteBufferSize(bufferBytes),
		// A fixed window: to find a good one, grpc-go would send a ping with nearly every message.
		grpc.WithInitialWindowSize(windowBytes), grpc.WithInitialConnWindowSize(windowBytes),
		grpc.WithContextDialer(func(ctx context.Context, address string) (net.Conn, error) {
			socket, err := dialer.DialContext(ctx, "tcp", address)
			a.lock.Lock()
			a.socket = socket
			a.lock.Unlock()
			return socket, err
		}))
	if err != nil {
		fail(err)
	}
	return connection
}

// An agent that opens its feed again because its connection has become old has lost nothing.
func (a *herdAgent) attach(attached bool) {
	if a.attached == attached {
		return
	}
	a.attached = attached
	if attached {
		a.counts.connected.Add(1)
	} else {
		a.counts.connected.Add(-1)
	}
}

func (a *herdAgent) cut() {
	a.lock.Lock()
	defer a.lock.Unlock()
	if a.socket != nil {
		a.socket.Close()
	}
}

// Holds the feed until it ends; io.EOF when it ends well.
func (a *herdAgent) hold(ctx context.Context, connection *grpc.ClientConn) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stream, err := connection.NewStream(ctx, feedStream, feedMethod, grpc.ForceCodec(rawCodec{}))
	if err != nil {
		return err
	}
	if err := stream.SendMsg(a.position.request()); err != nil {
		return receiveError(stream)
	}
	silence := time.AfterFunc(firstMessage, cancel)
	defer silence.Stop()
	for isFirst := true; ; isFirst = false {
		message := []byte{}
		if err := stream.RecvMsg(&message); err != nil {
			return err
		}
		if isFirst {
			a.counts.opened.Add(1)
			a.attach(true)
		}
		news := a.position.take(message)
		silence.Reset(silenceInBeats * news.heartbeat)
		if news.isHint {
			a.counts.hints.Add(1)
			go a.synchronize(ctx, connection)
		}
		if err := stream.SendMsg([]byte{}); err != nil {
			return receiveError(stream)
		}
	}
}

// What a failed send means is what the stream ended with.
func receiveError(stream grpc.ClientStream) error {
	return stream.RecvMsg(&[]byte{})
}

// What a hint makes an agent do that has nothing to fetch.
func (a *herdAgent) synchronize(ctx context.Context, connection *grpc.ClientConn) {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	stream, err := entryv1.NewEntryClient(connection).SyncAuthorizedEntries(ctx)
	if err != nil {
		return
	}
	mask := &types.EntryMask{SpiffeId: true, Selectors: true, RevisionNumber: true, CreatedAt: true}
	if err := stream.Send(&entryv1.SyncAuthorizedEntriesRequest{OutputMask: mask}); err != nil {
		return
	}
	if _, err := stream.Recv(); err != nil {
		return
	}
	if _, err := bundlev1.NewBundleClient(connection).GetBundle(ctx, &bundlev1.GetBundleRequest{}); err != nil {
		return
	}
	a.counts.synced.Add(1)
}
