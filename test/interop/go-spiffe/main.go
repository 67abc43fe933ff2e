// A go-spiffe program held against an agent: it uses nothing but the public API of the library.
//
// It prints "ok NAME" or "not ok NAME: REASON" for each check. Arguments: the SPIFFE ID that the agent is to give
// to this process, and how long a rotation may take.
package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"time"

	"github.com/spiffe/go-spiffe/v2/bundle/jwtbundle"
	"github.com/spiffe/go-spiffe/v2/spiffeid"
	"github.com/spiffe/go-spiffe/v2/spiffetls/tlsconfig"
	"github.com/spiffe/go-spiffe/v2/svid/jwtsvid"
	"github.com/spiffe/go-spiffe/v2/workloadapi"
)

var failures int

func check(name string, err error) {
	if err != nil {
		failures++
		fmt.Printf("not ok %s: %v\n", name, err)
		return
	}
	fmt.Printf("ok %s\n", name)
}

func main() {
	id := spiffeid.RequireFromString(os.Args[1])
	patience, err := time.ParseDuration(os.Args[2])
	if err != nil {
		panic(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience+20*time.Second)
	defer cancel()

	source, err := workloadapi.NewX509Source(ctx)
	check("X509Source opens", err)
	if err != nil {
		os.Exit(1)
	}
	defer source.Close()

	svid, err := source.GetX509SVID()
	if err == nil && svid.ID != id {
		err = fmt.Errorf("got %s", svid.ID)
	}
	check("X509-SVID has the registered ID", err)

	_, err = source.GetX509BundleForTrustDomain(id.TrustDomain())
	check("X.509 bundle of the own trust domain", err)

	check("mutual TLS with itself", mutualTLS(source, tlsconfig.AuthorizeID(id)))
	err = mutualTLS(source, tlsconfig.AuthorizeID(spiffeid.RequireFromString("spiffe://"+id.TrustDomain().Name()+"/somebody-else")))
	if err == nil {
		err = errors.New("was accepted")
	} else {
		err = nil
	}
	check("mutual TLS refuses another ID", err)

	checkJWT(ctx, id)
	check("a watcher sees a rotation", seesRotation(ctx, patience))
	if failures > 0 {
		os.Exit(1)
	}
}

func checkJWT(ctx context.Context, id spiffeid.ID) {
	source, err := workloadapi.NewJWTSource(ctx)
	check("JWTSource opens", err)
	if err != nil {
		return
	}
	defer source.Close()
	token, err := source.FetchJWTSVID(ctx, jwtsvid.Params{Audience: "orders", ExtraAudiences: []string{"billing"}})
	check("JWT-SVID is fetched", err)
	if err != nil {
		return
	}
	_, err = jwtsvid.ParseAndValidate(token.Marshal(), source, []string{"billing"})
	check("JWT-SVID verifies against the bundle", err)
	_, err = jwtsvid.ParseAndValidate(token.Marshal(), jwtbundle.New(id.TrustDomain()), []string{"billing"})
	if err == nil {
		err = errors.New("was accepted")
	} else {
		err = nil
	}
	check("JWT-SVID is refused without the key", err)
	client, err := workloadapi.New(ctx)
	check("client opens", err)
	if err != nil {
		return
	}
	defer client.Close()
	validated, err := client.ValidateJWTSVID(ctx, token.Marshal(), "orders")
	if err == nil && validated.ID != id {
		err = fmt.Errorf("got %s", validated.ID)
	}
	check("the agent validates the JWT-SVID", err)
	_, err = client.ValidateJWTSVID(ctx, token.Marshal(), "somebody-else")
	if err == nil {
		err = errors.New("was accepted")
	} else {
		err = nil
	}
	check("the agent refuses another audience", err)
}

func mutualTLS(source *workloadapi.X509Source, authorize tlsconfig.Authorizer) error {
	listener, err := tls.Listen("tcp", "127.0.0.1:0", tlsconfig.MTLSServerConfig(source, source, tlsconfig.AuthorizeAny()))
	if err != nil {
		return err
	}
	defer listener.Close()
	go func() {
		connection, err := listener.Accept()
		if err != nil {
			return
		}
		defer connection.Close()
		_, _ = io.Copy(connection, connection)
	}()
	connection, err := tls.DialWithDialer(&net.Dialer{Timeout: 5 * time.Second}, "tcp", listener.Addr().String(),
		tlsconfig.MTLSClientConfig(source, source, authorize))
	if err != nil {
		return err
	}
	defer connection.Close()
	if _, err = connection.Write([]byte("ping")); err != nil {
		return err
	}
	answer := make([]byte, 4)
	if _, err = io.ReadFull(connection, answer); err != nil {
		return err
	}
	if string(answer) != "ping" {
		return fmt.Errorf("got %q", answer)
	}
	return nil
}

type watcher struct{ serials chan string }

func (w watcher) OnX509ContextUpdate(update *workloadapi.X509Context) {
	w.serials <- update.DefaultSVID().Certificates[0].SerialNumber.String()
}

func (w watcher) OnX509ContextWatchError(error) {}

func seesRotation(ctx context.Context, patience time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	w := watcher{serials: make(chan string, 16)}
	go func() { _ = workloadapi.WatchX509Context(ctx, w) }()
	first := ""
	for {
		select {
		case serial := <-w.serials:
			if first == "" {
				first = serial
			} else if serial != first {
				return nil
			}
		case <-ctx.Done():
			return errors.New("no rotation was seen")
		}
	}
}
