"""A py-spiffe program held against an agent: it uses nothing but the public API of the library.

It prints "ok NAME" or "not ok NAME: REASON" for each check. Arguments: the SPIFFE ID that the agent is to give to
this process, and how long a rotation may take, as "60s".
"""

import os
import sys
import threading

import grpc
from google.protobuf.descriptor_pool import DescriptorPool
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase
from spiffe import JwtSource, JwtSvid, SpiffeId, WorkloadApiClient, X509Source

failures = 0


def check(name, action):
    global failures
    try:
        action()
    except Exception as error:  # noqa: BLE001 - whatever a check raises is its reason
        failures += 1
        print(f"not ok {name}: {error!r}".replace("\n", " "), flush=True)
    else:
        print(f"ok {name}", flush=True)


def expect(condition, text):
    if not condition:
        raise AssertionError(text)


def refused(action):
    try:
        action()
    except Exception:  # noqa: BLE001
        return
    raise AssertionError("was accepted")


def reflected():
    """What a generic tool finds out, which knows neither the API nor its security header."""
    with grpc.insecure_channel(os.environ["SPIFFE_ENDPOINT_SOCKET"], [("grpc.default_authority", "localhost")]) as channel:
        database = ProtoReflectionDescriptorDatabase(channel)
        expect("SpiffeWorkloadAPI" in database.get_services(), database.get_services())
        for service in database.get_services():
            DescriptorPool(database).FindServiceByName(service)
        api = DescriptorPool(database).FindServiceByName("SpiffeWorkloadAPI")
        expect(api.methods_by_name["FetchX509SVID"].server_streaming, "FetchX509SVID does not stream")
        claims = api.methods_by_name["ValidateJWTSVID"].output_type.fields_by_name["claims"]
        expect(claims.message_type.full_name == "google.protobuf.Struct", claims.message_type.full_name)


def main():
    spiffe_id = SpiffeId(sys.argv[1])
    patience = int(sys.argv[2].rstrip("s"))

    with X509Source(timeout_in_seconds=20) as source:
        check("X509-SVID has the registered ID", lambda: expect(source.get_x509_context().default_svid.spiffe_id == spiffe_id, source.get_x509_context().default_svid.spiffe_id))
        check(
            "X.509 bundle of the own trust domain",
            lambda: expect(source.get_bundle_for_trust_domain(spiffe_id.trust_domain), "no bundle"),
        )
        first = source.get_x509_context().default_svid.leaf.serial_number
        rotated = threading.Event()
        source.subscribe_for_updates(lambda: source.get_x509_context().default_svid.leaf.serial_number != first and rotated.set())
        if source.get_x509_context().default_svid.leaf.serial_number != first:
            rotated.set()

        with JwtSource(timeout_in_seconds=20) as tokens, WorkloadApiClient() as client:
            fetched = {}

            def fetch():
                fetched["svid"] = tokens.fetch_svid(audience={"orders", "billing"})
                expect(fetched["svid"].spiffe_id == spiffe_id, fetched["svid"].spiffe_id)

            check("JWT-SVID is fetched", fetch)
            bundle = tokens.get_bundle_for_trust_domain(spiffe_id.trust_domain)
            token = fetched["svid"].token
            check(
                "JWT-SVID verifies against the bundle",
                lambda: JwtSvid.parse_and_validate(token, bundle, {"orders"}),
            )
            check(
                "JWT-SVID is refused for another audience",
                lambda: refused(lambda: JwtSvid.parse_and_validate(token, bundle, {"somebody-else"})),
            )
            check("the agent validates the JWT-SVID", lambda: client.validate_jwt_svid(token, "orders"))
            check(
                "the agent refuses another audience",
                lambda: refused(lambda: client.validate_jwt_svid(token, "somebody-else")),
            )

        check("reflection describes the services", reflected)
        check("a watcher sees a rotation", lambda: expect(rotated.wait(patience), "no rotation was seen"))

    sys.exit(1 if failures else 0)


main()
