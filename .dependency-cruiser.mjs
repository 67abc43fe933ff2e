const rule = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: to },
});

const packages = (...names) => `^packages/(${names.join('|')})/`;

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle has no bottom to read from.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    rule(
      'core-is-bottom',
      'core knows nothing of the packages above it.',
      packages('core'),
      packages('api', 'plugins', 'daemon', 'client', 'server', 'agent'),
    ),
    rule(
      'core-is-pure',
      'core does no I/O.',
      '^packages/core/src/(?!.*\\.test\\.ts)',
      '^(node:)?(fs|fs/promises|net|http|https|http2|tls|child_process|worker_threads|os|dgram)$',
    ),
    rule(
      'api-only-on-core',
      'The wire depends on core alone.',
      packages('api'),
      packages('plugins', 'daemon', 'client', 'server', 'agent'),
    ),
    rule(
      'plugins-below-programs',
      'A plugin never reaches into a program.',
      packages('plugins'),
      packages('daemon', 'client', 'server', 'agent'),
    ),
    rule(
      'daemon-below-programs',
      'Shared process code serves both programs and knows neither.',
      packages('daemon'),
      packages('plugins', 'client', 'server', 'agent'),
    ),
    rule(
      'client-is-a-library',
      'The SDK runs inside applications.',
      packages('client'),
      packages('plugins', 'daemon', 'server', 'agent'),
    ),
    rule(
      'server-not-agent',
      'The two programs meet on the wire only.',
      packages('server'),
      packages('agent'),
    ),
    rule(
      'agent-not-server',
      'The two programs meet on the wire only.',
      packages('agent'),
      packages('server'),
    ),
    rule(
      'no-test-code-in-packages',
      'Nothing of test/ ships.',
      '^packages/[^/]+/src/(?!.*\\.test\\.ts)',
      '^(test|bench)/',
    ),
    rule(
      'plugin-halves-apart',
      'An agent half never loads a server half.',
      '^packages/plugins/src/.*/agent\\.ts$',
      '^packages/plugins/src/.*/server\\.ts$',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(dist|testdata|/gen/)' },
    tsConfig: { fileName: 'tsconfig.test.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['@signet/source', 'import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};
