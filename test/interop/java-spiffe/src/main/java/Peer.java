import io.spiffe.spiffeid.SpiffeId;
import io.spiffe.svid.jwtsvid.JwtSvid;
import io.spiffe.workloadapi.DefaultJwtSource;
import io.spiffe.workloadapi.DefaultWorkloadApiClient;
import io.spiffe.workloadapi.DefaultX509Source;
import io.spiffe.workloadapi.Watcher;
import io.spiffe.workloadapi.WorkloadApiClient;
import io.spiffe.workloadapi.X509Context;
import java.math.BigInteger;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A java-spiffe program held against an agent: it uses nothing but the public API of the library.
 *
 * <p>It prints "ok NAME" or "not ok NAME: REASON" for each check. Arguments: the SPIFFE ID that the agent is to give
 * to this process, and how long a rotation may take, as "60s".
 */
public final class Peer {
  private static int failures;

  private interface Action {
    void run() throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    SpiffeId id = SpiffeId.parse(arguments[0]);
    long patience = Long.parseLong(arguments[1].replace("s", ""));

    try (var source = DefaultX509Source.newSource()) {
      check("X509-SVID has the registered ID", () -> expect(source.getX509Svid().getSpiffeId().equals(id)));
      check("X.509 bundle of the own trust domain", () -> source.getBundleForTrustDomain(id.getTrustDomain()));
    }
    try (var tokens = DefaultJwtSource.newSource(); var client = DefaultWorkloadApiClient.newClient()) {
      JwtSvid svid = tokens.fetchJwtSvid("orders", "billing");
      check("JWT-SVID is fetched", () -> expect(svid.getSpiffeId().equals(id)));
      String token = svid.getToken();
      check("JWT-SVID verifies against the bundle", () -> JwtSvid.parseAndValidate(token, tokens, Set.of("billing")));
      check("JWT-SVID is refused for another audience",
          () -> refused(() -> JwtSvid.parseAndValidate(token, tokens, Set.of("somebody-else"))));
      check("the agent validates the JWT-SVID",
          () -> expect(client.validateJwtSvid(token, "orders").getSpiffeId().equals(id)));
      check("the agent refuses another audience", () -> refused(() -> client.validateJwtSvid(token, "somebody-else")));
      check("a watcher sees a rotation", () -> seesRotation(client, patience));
    }
    System.exit(failures == 0 ? 0 : 1);
  }

  private static void seesRotation(WorkloadApiClient client, long patience) throws Exception {
    BlockingQueue<BigInteger> serials = new LinkedBlockingQueue<>();
    client.watchX509Context(new Watcher<X509Context>() {
      @Override
      public void onUpdate(X509Context update) {
        serials.add(update.getDefaultSvid().getChain().get(0).getSerialNumber());
      }

      @Override
      public void onError(Throwable error) {}
    });
    BigInteger first = serials.poll(patience, TimeUnit.SECONDS);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(patience);
    while (System.nanoTime() < end) {
      BigInteger serial = serials.poll(1, TimeUnit.SECONDS);
      if (serial != null && !serial.equals(first)) {
        return;
      }
    }
    throw new IllegalStateException("no rotation was seen");
  }

  private static void expect(boolean condition) {
    if (!condition) {
      throw new IllegalStateException("not as expected");
    }
  }

  private static void refused(Action action) {
    try {
      action.run();
    } catch (Exception expected) {
      return;
    }
    throw new IllegalStateException("was accepted");
  }

  private static void check(String name, Action action) {
    try {
      action.run();
      System.out.println("ok " + name);
    } catch (Exception error) {
      failures++;
      System.out.println("not ok " + name + ": " + error);
    }
  }
}
