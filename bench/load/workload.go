package main

import (
	"context"
	"time"

	"github.com/spiffe/go-spiffe/v2/proto/spiffe/workload"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
)

// Both implementations may show a new entry to signing only after their cache has been refreshed.
func settle() { time.Sleep(6 * time.Second) }

func dialWorkload(t target) (*grpc.ClientConn, workload.SpiffeWorkloadAPIClient, error) {
	connection, err := grpc.NewClient("unix:"+t.endpoint, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return nil, nil, err
	}
	return connection, workload.NewSpiffeWorkloadAPIClient(connection), nil
}

func withHeader(ctx context.Context) context.Context {
	return metadata.AppendToOutgoingContext(ctx, "workload.spiffe.io", "true")
}

func fetchOnce(ctx context.Context, client workload.SpiffeWorkloadAPIClient) error {
	ctx, cancel := context.WithCancel(withHeader(ctx))
	defer cancel()
	stream, err := client.FetchX509SVID(ctx, &workload.X509SVIDRequest{})
	if err != nil {
		return err
	}
	_, err = stream.Recv()
	return err
}

func connectFetch(t target) (func(int) (worker, error), error) {
	return func(int) (worker, error) {
		return func(ctx context.Context) (int, error) {
			connection, client, err := dialWorkload(t)
			if err != nil {
				return 0, err
			}
			defer connection.Close()
			return 1, fetchOnce(ctx, client)
		}, nil
	}, nil
}

func fetch(t target) (func(int) (worker, error), error) {
	return func(int) (worker, error) {
		_, client, err := dialWorkload(t)
		return func(ctx context.Context) (int, error) { return 1, fetchOnce(ctx, client) }, err
	}, nil
}

func fetchJWT(t target) (func(int) (worker, error), error) {
	return func(int) (worker, error) {
		_, client, err := dialWorkload(t)
		return func(ctx context.Context) (int, error) {
			_, err := client.FetchJWTSVID(withHeader(ctx), &workload.JWTSVIDRequest{Audience: []string{"orders"}})
			return 1, err
		}, err
	}, nil
}

func validateJWT(t target) (func(int) (worker, error), error) {
	_, client, err := dialWorkload(t)
	if err != nil {
		return nil, err
	}
	fetched, err := client.FetchJWTSVID(withHeader(context.Background()), &workload.JWTSVIDRequest{Audience: []string{"orders"}})
	if err != nil {
		return nil, err
	}
	token := fetched.Svids[0].Svid
	return func(int) (worker, error) {
		_, client, err := dialWorkload(t)
		return func(ctx context.Context) (int, error) {
			_, err := client.ValidateJWTSVID(withHeader(ctx), &workload.ValidateJWTSVIDRequest{Audience: "orders", Svid: token})
			return 1, err
		}, err
	}, nil
}
