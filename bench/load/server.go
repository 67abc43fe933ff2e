package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net/url"

	agentv1 "github.com/spiffe/spire-api-sdk/proto/spire/api/server/agent/v1"
	entryv1 "github.com/spiffe/spire-api-sdk/proto/spire/api/server/entry/v1"
	svidv1 "github.com/spiffe/spire-api-sdk/proto/spire/api/server/svid/v1"
	"github.com/spiffe/spire-api-sdk/proto/spire/api/types"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
)

const largestMessage = 64 << 20

func dialLocal(socket string) (*grpc.ClientConn, error) {
	return grpc.NewClient("unix:"+socket, grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(largestMessage)))
}

func newCSR(uri string) ([]byte, *ecdsa.PrivateKey, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	template := &x509.CertificateRequest{}
	if uri != "" {
		parsed, err := url.Parse(uri)
		if err != nil {
			return nil, nil, err
		}
		template.URIs = []*url.URL{parsed}
	}
	csr, err := x509.CreateCertificateRequest(rand.Reader, template, key)
	return csr, key, err
}

func newCSRs(count int, uri string) ([][]byte, error) {
	csrs := make([][]byte, count)
	for i := range csrs {
		csr, _, err := newCSR(uri)
		if err != nil {
			return nil, err
		}
		csrs[i] = csr
	}
	return csrs, nil
}

func mintX509(t target) (func(int) (worker, error), error) {
	csrs, err := newCSRs(256, "spiffe://"+t.td+"/bench/minted")
	if err != nil {
		return nil, err
	}
	return func(number int) (worker, error) {
		connection, err := dialLocal(t.server)
		if err != nil {
			return nil, err
		}
		client := svidv1.NewSVIDClient(connection)
		next := number
		return func(ctx context.Context) (int, error) {
			next++
			_, err := client.MintX509SVID(ctx, &svidv1.MintX509SVIDRequest{Csr: csrs[next%len(csrs)]})
			return 1, err
		}, nil
	}, nil
}

func mintJWT(t target) (func(int) (worker, error), error) {
	return func(int) (worker, error) {
		connection, err := dialLocal(t.server)
		if err != nil {
			return nil, err
		}
		client := svidv1.NewSVIDClient(connection)
		request := &svidv1.MintJWTSVIDRequest{
			Id: &types.SPIFFEID{TrustDomain: t.td, Path: "/bench/minted"}, Audience: []string{"orders"},
		}
		return func(ctx context.Context) (int, error) {
			_, err := client.MintJWTSVID(ctx, request)
			return 1, err
		}, nil
	}, nil
}

func createEntry(t target) (func(int) (worker, error), error) {
	return func(number int) (worker, error) {
		connection, err := dialLocal(t.server)
		if err != nil {
			return nil, err
		}
		client := entryv1.NewEntryClient(connection)
		created := 0
		return func(ctx context.Context) (int, error) {
			entries := make([]*types.Entry, t.batch)
			for i := range entries {
				created++
				entries[i] = benchEntry(t.td, fmt.Sprintf("/bench/parent/%d", number), fmt.Sprintf("/bench/created/%d/%d", number, created))
			}
			response, err := client.BatchCreateEntry(ctx, &entryv1.BatchCreateEntryRequest{Entries: entries})
			if err != nil {
				return 0, err
			}
			for _, result := range response.Results {
				if result.Status.Code != 0 {
					return 0, fmt.Errorf("%s", result.Status.Message)
				}
			}
			return len(entries), nil
		}, nil
	}, nil
}

func benchEntry(td, parent, path string) *types.Entry {
	return &types.Entry{
		ParentId:  &types.SPIFFEID{TrustDomain: td, Path: parent},
		SpiffeId:  &types.SPIFFEID{TrustDomain: td, Path: path},
		Selectors: []*types.Selector{{Type: "unix", Value: "uid:" + path}},
	}
}

type benchAgent struct {
	client  svidv1.SVIDClient
	entries []string
}

// An attested agent, connected with its own SVID, with entries of its own.
func newAgent(t target, entries int) (*benchAgent, error) {
	ctx := context.Background()
	local, err := dialLocal(t.server)
	if err != nil {
		return nil, err
	}
	defer local.Close()
	token, err := agentv1.NewAgentClient(local).CreateJoinToken(ctx, &agentv1.CreateJoinTokenRequest{Ttl: 600})
	if err != nil {
		return nil, err
	}
	certificate, err := attest(ctx, t, token.Value)
	if err != nil {
		return nil, err
	}
	agent := &benchAgent{}
	parent := "/spire/agent/join_token/" + token.Value
	for len(agent.entries) < entries {
		batch := []*types.Entry{}
		for i := range min(500, entries-len(agent.entries)) {
			batch = append(batch, benchEntry(t.td, parent, fmt.Sprintf("/bench/%s/%d", token.Value, len(agent.entries)+i)))
		}
		created, err := entryv1.NewEntryClient(local).BatchCreateEntry(ctx, &entryv1.BatchCreateEntryRequest{Entries: batch})
		if err != nil {
			return nil, err
		}
		for _, result := range created.Results {
			agent.entries = append(agent.entries, result.Entry.Id)
		}
	}
	connection, err := dialTLS(t, certificate)
	if err != nil {
		return nil, err
	}
	agent.client = svidv1.NewSVIDClient(connection)
	return agent, nil
}

func attest(ctx context.Context, t target, token string) (*tls.Certificate, error) {
	connection, err := dialTLS(t, nil)
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	return attestOn(ctx, connection, token)
}

func attestOn(ctx context.Context, connection *grpc.ClientConn, token string) (*tls.Certificate, error) {
	csr, key, err := newCSR("")
	if err != nil {
		return nil, err
	}
	stream, err := agentv1.NewAgentClient(connection).AttestAgent(ctx)
	if err != nil {
		return nil, err
	}
	if err := stream.Send(&agentv1.AttestAgentRequest{Step: &agentv1.AttestAgentRequest_Params_{Params: &agentv1.AttestAgentRequest_Params{
		Data:   &types.AttestationData{Type: "join_token", Payload: []byte(token)},
		Params: &agentv1.AgentX509SVIDParams{Csr: csr},
	}}}); err != nil {
		return nil, err
	}
	response, err := stream.Recv()
	if err != nil {
		return nil, err
	}
	// A stream that is just left would be reset, and servers count resets.
	if err := stream.CloseSend(); err != nil {
		return nil, err
	}
	if _, err := stream.Recv(); err != io.EOF {
		return nil, err
	}
	return &tls.Certificate{Certificate: response.GetResult().Svid.CertChain, PrivateKey: key}, nil
}

func dialTLS(t target, certificate *tls.Certificate) (*grpc.ClientConn, error) {
	config := &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS12}
	if certificate != nil {
		config.Certificates = []tls.Certificate{*certificate}
	}
	return grpc.NewClient("dns:///"+t.address, grpc.WithTransportCredentials(credentials.NewTLS(config)),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(largestMessage)))
}

func newAgents(t target, entries int) ([]*benchAgent, error) {
	agents := make([]*benchAgent, t.agents)
	for i := range agents {
		agent, err := newAgent(t, entries)
		if err != nil {
			return nil, err
		}
		agents[i] = agent
	}
	settle()
	return agents, nil
}

func batchX509(t target) (func(int) (worker, error), error) {
	agents, err := newAgents(t, t.batch)
	if err != nil {
		return nil, err
	}
	csrs, err := newCSRs(t.batch, "spiffe://"+t.td+"/bench")
	if err != nil {
		return nil, err
	}
	return func(number int) (worker, error) {
		agent := agents[number%len(agents)]
		params := make([]*svidv1.NewX509SVIDParams, t.batch)
		for i := range params {
			params[i] = &svidv1.NewX509SVIDParams{EntryId: agent.entries[i], Csr: csrs[i]}
		}
		return func(ctx context.Context) (int, error) {
			response, err := agent.client.BatchNewX509SVID(ctx, &svidv1.BatchNewX509SVIDRequest{Params: params})
			if err != nil {
				return 0, err
			}
			for _, result := range response.Results {
				if result.Status.Code != 0 {
					return 0, fmt.Errorf("%s", result.Status.Message)
				}
			}
			return len(params), nil
		}, nil
	}, nil
}

func newJWT(t target) (func(int) (worker, error), error) {
	agents, err := newAgents(t, 1)
	if err != nil {
		return nil, err
	}
	return func(number int) (worker, error) {
		agent := agents[number%len(agents)]
		request := &svidv1.NewJWTSVIDRequest{EntryId: agent.entries[0], Audience: []string{"orders"}}
		return func(ctx context.Context) (int, error) {
			_, err := agent.client.NewJWTSVID(ctx, request)
			return 1, err
		}, nil
	}, nil
}
