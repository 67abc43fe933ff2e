// Original file: proto/spire/api/server/agent/v1/agent.proto


export interface CountAgentsResponseInput {
  'count'?: (number);
}

export interface CountAgentsResponseOutput {
  'count': (number);
}
