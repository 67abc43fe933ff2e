// Says what Go's crypto/x509 reads in CRLs: one line of JSON for each "<authority>.pem <list>.crl" pair of arguments.
package main

import (
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"os"
)

type entry struct {
	Serial string `json:"serial"`
	Reason int    `json:"reason"`
	At     int64  `json:"at"`
}

type reading struct {
	Error      string  `json:"error"`
	Number     string  `json:"number"`
	ThisUpdate int64   `json:"thisUpdate"`
	NextUpdate int64   `json:"nextUpdate"`
	Revoked    []entry `json:"revoked"`
}

func read(authorityPath, listPath string) (reading, error) {
	text, err := os.ReadFile(authorityPath)
	if err != nil {
		return reading{}, err
	}
	block, _ := pem.Decode(text)
	authority, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return reading{}, err
	}
	der, err := os.ReadFile(listPath)
	if err != nil {
		return reading{}, err
	}
	list, err := x509.ParseRevocationList(der)
	if err != nil {
		return reading{}, err
	}
	if err := list.CheckSignatureFrom(authority); err != nil {
		return reading{}, err
	}
	found := reading{
		Number:     list.Number.String(),
		ThisUpdate: list.ThisUpdate.Unix(),
		NextUpdate: list.NextUpdate.Unix(),
		Revoked:    []entry{},
	}
	for _, each := range list.RevokedCertificateEntries {
		found.Revoked = append(found.Revoked, entry{
			fmt.Sprintf("%x", each.SerialNumber), each.ReasonCode, each.RevocationTime.Unix(),
		})
	}
	return found, nil
}

func main() {
	for i := 1; i+1 < len(os.Args); i += 2 {
		found, err := read(os.Args[i], os.Args[i+1])
		if err != nil {
			found.Error = err.Error()
		}
		if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
			panic(err)
		}
	}
}
