package main

import (
	"fmt"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/encoding/protowire"
)

// The feed of proto/signet/agent/v1/agent.proto, by hand: a handful of fields is not worth generated code.
const feedMethod = "/signet.agent.v1.AgentFeed/Connect"

var feedStream = &grpc.StreamDesc{StreamName: "Connect", ServerStreams: true, ClientStreams: true}

const (
	requestAfterChange = protowire.Number(1)
	requestDatastoreID = protowire.Number(3)
	responseChange     = protowire.Number(1)
	// Entries, bundles, authorities.
	responseFirstHint   = protowire.Number(2)
	responseLastHint    = protowire.Number(4)
	responseDatastoreID = protowire.Number(10)
	responseHeartbeatMs = protowire.Number(11)
)

type feedPosition struct {
	change      uint64
	datastoreID string
}

type feedNews struct {
	isHint    bool
	heartbeat time.Duration
}

func (p *feedPosition) request() []byte {
	message := protowire.AppendTag(nil, requestAfterChange, protowire.VarintType)
	message = protowire.AppendVarint(message, p.change)
	message = protowire.AppendTag(message, requestDatastoreID, protowire.BytesType)
	return protowire.AppendString(message, p.datastoreID)
}

// Takes a message of the server; what is not understood is passed over.
func (p *feedPosition) take(message []byte) feedNews {
	news := feedNews{heartbeat: 5 * time.Second}
	for len(message) > 0 {
		number, kind, length := protowire.ConsumeTag(message)
		if length < 0 {
			return news
		}
		message = message[length:]
		length = protowire.ConsumeFieldValue(number, kind, message)
		if length < 0 {
			return news
		}
		switch {
		case number == responseDatastoreID:
			p.datastoreID, _ = protowire.ConsumeString(message)
		case kind == protowire.VarintType:
			value, _ := protowire.ConsumeVarint(message)
			p.number(&news, number, value)
		}
		message = message[length:]
	}
	return news
}

func (p *feedPosition) number(news *feedNews, number protowire.Number, value uint64) {
	switch {
	case number == responseChange:
		p.change = value
	case number >= responseFirstHint && number <= responseLastHint:
		news.isHint = news.isHint || value != 0
	case number == responseHeartbeatMs && value > 0:
		news.heartbeat = time.Duration(value) * time.Millisecond
	}
}

// Messages as bytes.
type rawCodec struct{}

func (rawCodec) Name() string { return "proto" }

func (rawCodec) Marshal(message any) ([]byte, error) {
	bytes, ok := message.([]byte)
	if !ok {
		return nil, fmt.Errorf("not bytes: %T", message)
	}
	return bytes, nil
}

func (rawCodec) Unmarshal(data []byte, message any) error {
	bytes, ok := message.(*[]byte)
	if !ok {
		return fmt.Errorf("not bytes: %T", message)
	}
	*bytes = append([]byte(nil), data...)
	return nil
}
