// Imports run one way: core ← connectors, metrics ← insights ← mcp-server ← gateway ← cli
// (docs/repository-layout.md). Each rule forbids what stands to the right of its `from`.
const layer = (name, from, forbidden) => ({
  name: `layer-${name}`,
  severity: 'error',
  comment: `${name} may not import ${forbidden.join(', ')}.`,
  from: { path: from },
  to: { path: `^packages/(${forbidden.join('|')})/` },
});

const test = '\\.test\\.ts$';
const testSupport = '(\\.test\\.ts$|/testing/|/testing\\.ts$|/__fixtures__/)';

module.exports = {
  forbidden: [
    layer('core', '^packages/core/', [
      'connectors',
      'metrics',
      'insights',
      'mcp-server',
      'gateway',
      'cli',
    ]),
    layer('connectors', '^packages/connectors/', [
      'metrics',
      'insights',
      'mcp-server',
      'gateway',
      'cli',
    ]),
    layer('metrics', '^packages/metrics/', [
      'connectors',
      'insights',
      'mcp-server',
      'gateway',
      'cli',
    ]),
    layer('insights', '^packages/insights/', ['connectors', 'mcp-server', 'gateway', 'cli']),
    // The server starts with no connector loaded.
    layer('mcp-server', '^packages/mcp-server/', ['connectors', 'gateway', 'cli']),
    // The page shows and passes on; what is done outside is given to it.
    layer('gateway', '^packages/gateway/', ['connectors', 'cli']),
    {
      name: 'domain-imports-zod-only',
      severity: 'error',
      comment: 'An entity is its schema: it needs zod and other entities, nothing else.',
      from: { path: '^packages/core/src/domain/', pathNot: test },
      to: { pathNot: ['^packages/core/src/domain/', '/node_modules/zod/'] },
    },
    {
      name: 'connectors-do-not-meet',
      severity: 'error',
      comment:
        'A connector stands alone; what two share belongs in core, commits, documents, http, testing, user-tokens or writing.',
      from: { path: '^packages/connectors/src/([^/]+)/' },
      to: {
        path: '^packages/connectors/src/[^/]+/',
        pathNot:
          '^packages/connectors/src/($1|commits|documents|http|testing|user-tokens|writing)/',
      },
    },
    {
      name: 'metrics-are-pure',
      severity: 'error',
      comment: 'A metric sees rows: only the domain (and its errors), zod, and its own files.',
      from: { path: '^packages/metrics/src/', pathNot: testSupport },
      to: {
        pathNot: [
          '^packages/metrics/src/',
          '^packages/core/src/domain\\.ts$',
          '^packages/core/src/domain/',
          '^packages/core/src/errors\\.ts$',
          '/node_modules/zod/',
        ],
      },
    },
    {
      name: 'no-deep-import',
      severity: 'error',
      comment: 'Another package is imported by its public name, never by a path into it.',
      from: { path: '^(packages|examples)/([^/]+)/' },
      to: {
        path: '^(packages|examples)/',
        pathNot: '^$1/$2/',
        // By name it is an npm dependency, and Node's `exports` already refuse a path behind the name.
        dependencyTypes: ['local'],
      },
    },
    {
      name: 'examples-use-public-packages',
      severity: 'error',
      comment:
        'An example shows what a reader can write: public packages and Node, no test support.',
      from: { path: '^examples/[^/]+/src/', pathNot: test },
      to: { path: '^packages/[^/]+/src/.*testing' },
    },
    {
      name: 'test-support-stays-in-tests',
      severity: 'error',
      comment: 'What ships does not import test support.',
      from: { path: '^packages/[^/]+/src/', pathNot: [testSupport, '^packages/cli/src/demo/'] },
      to: { path: '^packages/[^/]+/src/(testing/|testing\\.ts$|.*/testing/|.*\\.test\\.ts$)' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'A cycle has no reading order.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'could-not-resolve',
      severity: 'error',
      comment: 'An import that resolves to nothing is an undeclared dependency or a typing error.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-undeclared-package',
      severity: 'error',
      comment: 'A package that is imported stands in the package.json of who imports it.',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-deprecated-node-module',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['deprecated'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/dist/'] },
    exclude: { path: ['/dist/'] },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@adjutant/source', 'import', 'node', 'types', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
