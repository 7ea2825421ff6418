// Written by somebody who had not seen how answers are chosen, and never tuned on.
import type { RetrievalQuestion } from './retrieval-question.ts';

export const heldOutQuestions: readonly RetrievalQuestion[] = [
  {
    ask: 'Can commander list options in the help under several headings of my own?',
    file: 'commander/Readme.md',
    heading: 'Help Groups',
  },
  {
    ask: 'exit with my own error message and exit code 2 from a commander program',
    file: 'commander/Readme.md',
    heading: 'Display error',
  },
  {
    ask: 'Are leading zeros allowed in a version, such as 1.2.3-00 or 1.2.3+00?',
    file: 'semver/README.md',
    heading: 'Range Grammar',
  },
  {
    ask: 'Why do I get an add event for every file that already exists when the watcher starts?',
    file: 'chokidar/README.md',
    phrase: '`ignoreInitial` (default: `false`)',
  },
  {
    ask: 'picomatch [[:alpha:]] does not work',
    file: 'picomatch/README.md',
    heading: 'POSIX brackets',
  },
  {
    ask: 'How do I split a glob into its base directory and the part with the wildcards?',
    file: 'picomatch/README.md',
    heading: '.scan',
  },
  {
    ask: 'prompts multiselect: how can some choices be selected from the start?',
    file: 'prompts/readme.md',
    phrase: 'If you want to predefine selected values',
  },
  {
    ask: 'Can the number prompt accept decimals, rounded to two places?',
    file: 'prompts/readme.md',
    heading: 'number(message',
  },
  {
    ask: 'Does the idle event of p-queue fire only once or every time the queue runs dry?',
    file: 'p-queue/readme.md',
    phrase: 'The `idle` event is emitted every time the queue reaches an idle state',
  },
  {
    ask: 'lru-cache does not provide an export named default',
    file: 'lru-cache/README.md',
    heading: 'Breaking Changes in Version 9',
  },
  {
    ask: 'TypeError: Unexpected ( at index 5 in my route path',
    file: 'path-to-regexp/Readme.md',
    heading: 'Unexpected `(`',
  },
  {
    ask: 'Can path-to-regexp also match query strings?',
    file: 'path-to-regexp/Readme.md',
    phrase: 'It can not handle arbitrarily ordered data',
  },
  {
    ask: 'BadRequestError: request size did not match content length',
    file: 'body-parser/README.md',
    heading: 'request size did not match content length',
  },
  {
    ask: 'express answers 415 unsupported charset when I post JSON',
    file: 'body-parser/README.md',
    heading: 'unsupported charset',
  },
  {
    ask: 'parse a Set-Cookie response header into an object',
    file: 'cookie/README.md',
    heading: 'cookie.parseSetCookie',
  },
  {
    ask: 'Check beforehand whether a new job would run at once or be queued',
    file: 'bottleneck/README.md',
    heading: 'check()',
  },
  {
    ask: 'Can bottleneck use the Redis connection my app already has?',
    file: 'bottleneck/README.md',
    heading: 'Managing Redis Connections',
  },
  {
    ask: 'How does tinybench know whether my function is async?',
    file: 'tinybench/README.md',
    heading: 'Async Detection',
  },
  {
    ask: 'use hrtime instead of performance.now for measuring benchmarks',
    file: 'tinybench/README.md',
    heading: 'Timestamp Providers',
  },
  {
    ask: 'Using expectTypeOf(this) inside a class method gives a type error',
    file: 'expect-type/README.md',
    phrase: 'passing `this` references to `expectTypeOf` results in errors',
  },
  {
    ask: 'unregister a GitHub webhook event handler',
    file: '@octokit/webhooks/README.md',
    heading: 'webhooks.removeListener',
  },
  {
    ask: 'Check that a colour name from the user is one that chalk knows',
    file: 'chalk/readme.md',
    heading: 'modifierNames',
  },
  {
    ask: 'CEL: get the hour of a timestamp in a given time zone',
    file: '@marcbachmann/cel-js/README.md',
    heading: 'Timestamp Methods',
  },
  {
    ask: 'hono static files: the URL prefix is different from the folder name',
    file: '@hono/node-server/README.md',
    heading: 'rewriteRequestPath',
  },
  {
    ask: 'Can I write to the raw ServerResponse in a hono handler?',
    file: '@hono/node-server/README.md',
    heading: 'Direct response from Node.js API',
  },
  {
    ask: 'Find out whether an intercepted request was made with fetch or with http.request',
    file: '@mswjs/interceptors/README.md',
    heading: 'Request initiator',
  },
  {
    ask: 'How do I get verbose logs out of @mswjs/interceptors?',
    file: '@mswjs/interceptors/README.md',
    heading: 'Debugging',
  },
  {
    ask: 'Do msw request handlers run inside the service worker or in the page?',
    file: 'msw/README.md',
    phrase: 'your request handlers execute entirely on the client',
  },
  {
    ask: 'only build the URL and headers of a GitHub API request without sending it',
    file: '@octokit/request/README.md',
    heading: 'request.endpoint',
  },
  {
    ask: 'How do I get the raw content of a file from a GitHub repository rather than base64?',
    file: 'octokit/README.md',
    heading: 'Media Type formats',
  },
  {
    ask: '@octokit/graphql against our own GitHub Enterprise server',
    file: '@octokit/graphql/README.md',
    heading: 'Use with GitHub Enterprise',
  },
  {
    ask: 'Why does octokit.log.debug print nothing?',
    file: '@octokit/core/README.md',
    heading: 'Logging',
  },
  {
    ask: 'GitHub OAuth middleware for a web framework that is not supported out of the box',
    file: '@octokit/oauth-app/README.md',
    heading: 'Build Custom Middlewares',
  },
  {
    ask: 'What happens when I write a Temporal.Duration with smol-toml?',
    file: 'smol-toml/README.md',
    heading: 'Temporal to TOML type mapping',
  },
  {
    ask: 'enhanced-resolve: which files did a resolve look at, so that I can watch them?',
    file: 'enhanced-resolve/README.md',
    heading: 'collect dependencies and a log',
  },
  {
    ask: 'load the tokenizer only when it is needed with a dynamic import',
    file: 'gpt-tokenizer/README.md',
    heading: 'Lazy loading',
  },
  {
    ask: 'How can I have dates in a query string written as unix timestamps?',
    file: 'qs/README.md',
    phrase: 'you can provide a `serializeDate` option',
  },
  {
    ask: 'Convert a UUID string into 16 bytes for a binary column',
    file: 'uuid/README.md',
    heading: 'uuid.parse(',
  },
  {
    ask: 'How do I mark a shell script as executable inside a zip I create?',
    file: 'fflate/README.md',
    phrase: 'ZIP only: Make this file executable on Unix',
  },
  {
    ask: 'await sqlite queries with libsql rather than block on them',
    file: 'libsql/README.md',
    phrase: 'To use the promise API, import `libsql/promise`',
  },
  {
    ask: 'Join several source files into one and get a combined source map',
    file: 'magic-string/README.md',
    heading: 'Bundling',
  },
  {
    ask: 'magic-string: move a function to another position in the file',
    file: 'magic-string/README.md',
    heading: 's.move(',
  },
  {
    ask: 'walk over all mappings of a source map in the order of the original file',
    file: 'source-map/README.md',
    heading: 'eachMapping',
  },
  {
    ask: 'How long will version 1 of the MCP SDK still get security fixes?',
    file: '@modelcontextprotocol/sdk/README.md',
    phrase: 'at least six months after the v2 release',
  },
  {
    ask: 'Why tinyexec and not execa or zx?',
    file: 'tinyexec/README.md',
    heading: 'Comparison with other libraries',
  },
  {
    ask: 'Will sucrase report an error if my code is invalid?',
    file: 'sucrase/README.md',
    heading: 'What Sucrase is not',
  },
  {
    ask: 'Does my tsconfig apply to this file, taking include and exclude into account?',
    file: 'get-tsconfig/README.md',
    heading: 'createFilesMatcher',
  },
  {
    ask: 'convert a json5 file to plain json in the terminal',
    file: 'json5/README.md',
    heading: 'CLI',
  },
  {
    ask: 'How does decoding utf-16 find out the byte order?',
    file: 'iconv-lite/README.md',
    heading: 'UTF-16 Encodings',
  },
  {
    ask: 'jiti: load one package from node_modules with plain require, without transforming it',
    file: 'jiti/README.md',
    heading: 'nativeModules',
  },
  {
    ask: 'Send console.log calls of third-party code through consola',
    file: 'consola/README.md',
    heading: 'wrapConsole()',
  },
  {
    ask: 'list unformatted files from a script without changing them, formatly',
    file: 'formatly/README.md',
    phrase: 'Formats, or checks the formatting of, any number of files on disk',
  },
  {
    ask: 'cac: the same option given several times should become an array',
    file: 'cac/README.md',
    heading: 'Supply an array as option value',
  },
  {
    ask: 'TypeScript: property user does not exist on Request in my router middleware',
    file: 'router/README.md',
    heading: 'TypeScript',
  },
  {
    ask: 'tapable: skip expensive work when no plugin listens to the hook',
    file: 'tapable/README.md',
    phrase: '`isUsed()` returns `true` when the hook has at least one tap',
  },
  {
    ask: 'one cancel handler for a whole series of clack prompts',
    file: '@clack/prompts/README.md',
    heading: 'Grouping',
  },
  {
    ask: 'Show a long list page by page in my own inquirer prompt',
    file: '@inquirer/core/README.md',
    heading: 'Pagination',
  },
  {
    ask: 'Can rollup import CommonJS packages?',
    file: 'rollup/README.md',
    heading: 'Importing CommonJS',
  },
  {
    ask: 'create the skeleton of an express app from the command line',
    file: 'express/Readme.md',
    heading: 'Quick Start',
  },
  {
    ask: 'How do I read the claims of a JWT without verifying it?',
    file: 'jose/README.md',
    phrase: 'prior to its validation',
  },
];

/** Nothing in the corpus answers these. */
export const heldOutOffTopicQuestions: readonly string[] = [
  'How do I get rid of fruit flies in the kitchen?',
  'Which side of the road do they drive on in Malta?',
  'How many players are there in a volleyball team?',
  'When do the clocks go back this autumn?',
  'How long should I rest between two days of strength training?',
  'Who approves overtime in the support team?',
  'Where can I see how many sick days I have taken?',
  'Do we get a discount on public transport tickets?',
  'How do I invite an external guest to the summer party?',
  'Which floor is the first-aid room on?',
  'How do I join two layers in QGIS by an attribute?',
  'Xcode: no provisioning profile was found for the app',
  'Shrink a VirtualBox disk image',
  'How do I write a unit test for a Laravel controller?',
  'Grafana panel shows no data after the update',
  'Why is my CUDA kernel out of memory?',
  'R: plot a histogram with ggplot2 and facets',
  'How do I flash OpenWrt on an old wireless access point?',
  'GitLab CI job is stuck because no runner has the right tag',
  'How do I vectorise a nested loop in MATLAB?',
];
