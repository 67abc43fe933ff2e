//! A program on the `spiffe` crate held against an agent: it uses nothing but the public API of the library.
//!
//! It prints "ok NAME" or "not ok NAME: REASON" for each check. Arguments: the SPIFFE ID that the agent is to give to
//! this process, and how long a rotation may take, as "60s".

use spiffe::{BundleSource, JwtSource, JwtSvid, SpiffeId, WorkloadApiClient, X509Source};
use std::error::Error;
use std::time::{Duration, Instant};

type Outcome = Result<(), Box<dyn Error>>;

struct Score {
    failures: u32,
}

impl Score {
    fn check(&mut self, name: &str, outcome: Outcome) {
        match outcome {
            Ok(()) => println!("ok {name}"),
            Err(error) => {
                self.failures += 1;
                println!("not ok {name}: {error}");
            }
        }
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let id = SpiffeId::try_from(arguments[1].as_str())?;
    let patience = Duration::from_secs(arguments[2].trim_end_matches('s').parse()?);
    let mut score = Score { failures: 0 };

    let source = X509Source::new().await?;
    score.check("X509-SVID has the registered ID", expect(source.svid()?.spiffe_id() == &id));
    let bundle = source.bundle_for_trust_domain(id.trust_domain())?;
    score.check("X.509 bundle of the own trust domain", expect(bundle.is_some()));

    let tokens = JwtSource::new().await?;
    let client = WorkloadApiClient::connect_env().await?;
    let token = tokens.fetch_jwt_svid(&["orders", "billing"]).await?;
    score.check("JWT-SVID is fetched", expect(token.spiffe_id() == &id));
    let verified = JwtSvid::parse_and_validate(token.token(), &tokens, &["billing"]);
    score.check("JWT-SVID verifies against the bundle", verified.map(drop).map_err(Into::into));
    let refused = JwtSvid::parse_and_validate(token.token(), &tokens, &["somebody-else"]);
    score.check("JWT-SVID is refused for another audience", expect(refused.is_err()));
    let validated = client.validate_jwt_token("orders", token.token()).await;
    score.check("the agent validates the JWT-SVID", validated.map(drop).map_err(Into::into));
    let refused = client.validate_jwt_token("somebody-else", token.token()).await;
    score.check("the agent refuses another audience", expect(refused.is_err()));

    score.check("a watcher sees a rotation", sees_rotation(&source, patience).await);
    std::process::exit(if score.failures == 0 { 0 } else { 1 });
}

fn expect(condition: bool) -> Outcome {
    if condition { Ok(()) } else { Err("not as expected".into()) }
}

async fn sees_rotation(source: &X509Source, patience: Duration) -> Outcome {
    let leaf = || -> Result<Vec<u8>, Box<dyn Error>> { Ok(source.svid()?.cert_chain()[0].as_ref().to_vec()) };
    let first = leaf()?;
    let end = Instant::now() + patience;
    while Instant::now() < end {
        tokio::time::sleep(Duration::from_millis(200)).await;
        if leaf()? != first {
            return Ok(());
        }
    }
    Err("no rotation was seen".into())
}
