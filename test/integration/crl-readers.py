"""Says what py cryptography reads in CRLs: one line of JSON for each "<authority>.pem <list>.crl" pair of arguments."""

import json
import sys

from cryptography import x509

REASON_CODES = {
    x509.ReasonFlags.key_compromise: 1,
    x509.ReasonFlags.superseded: 4,
    x509.ReasonFlags.cessation_of_operation: 5,
    x509.ReasonFlags.privilege_withdrawn: 9,
}


def reason_of(entry):
    try:
        reason = entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except x509.ExtensionNotFound:
        return 0
    return REASON_CODES[reason]


def read(authority_path, list_path):
    with open(authority_path, "rb") as file:
        authority = x509.load_pem_x509_certificate(file.read())
    with open(list_path, "rb") as file:
        crl = x509.load_der_x509_crl(file.read())
    if crl.issuer != authority.subject or not crl.is_signature_valid(authority.public_key()):
        return {"error": "not signed by the authority"}
    number = crl.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
    return {
        "error": "",
        "number": str(number),
        "thisUpdate": int(crl.last_update_utc.timestamp()),
        "nextUpdate": int(crl.next_update_utc.timestamp()),
        "revoked": [
            {
                "serial": format(entry.serial_number, "x"),
                "reason": reason_of(entry),
                "at": int(entry.revocation_date_utc.timestamp()),
            }
            for entry in crl
        ],
    }


def main():
    for authority_path, list_path in zip(sys.argv[1::2], sys.argv[2::2]):
        try:
            found = read(authority_path, list_path)
        except Exception as error:  # what a reader cannot read is what the test looks at
            found = {"error": repr(error)}
        print(json.dumps(found))


main()
