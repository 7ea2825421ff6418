import type { QuestionSet } from '../retrieval-question.ts';

export const secondSet: QuestionSet = {
  questions: [
    {
      ask: 'Why is there no version 8 function in the uuid package?',
      file: 'uuid/README.md',
      heading: 'uuid.v8()',
    },
    {
      ask: 'How can I check that an identifier from a user is really a v4 UUID and not some other version?',
      file: 'uuid/README.md',
      heading: 'uuid.validate',
    },
    {
      ask: 'When extracting an archive, can I leave out files above a certain size?',
      file: 'fflate/README.md',
      phrase: 'any files larger than 10 MiB',
    },
    {
      ask: 'How do I get source maps out of magic-string that are exact to the column?',
      file: 'magic-string/README.md',
      heading: 'Hi-res mappings',
    },
    {
      ask: 'error: cannot split a chunk that has already been edited',
      file: 'magic-string/README.md',
      phrase: 'cannot split a chunk that has already been edited',
    },
    {
      ask: 'I have my own uncaught exception handler, how do I turn off the one of source-map-support?',
      file: 'source-map-support/README.md',
      phrase: 'handleUncaughtExceptions: false',
    },
    {
      ask: 'Make the browser download static files instead of displaying them',
      file: 'serve-static/README.md',
      heading: 'Serve all files as downloads',
    },
    {
      ask: 'Does the send library keep files in a cache in memory?',
      file: 'send/README.md',
      heading: 'Caching',
    },
    {
      ask: 'What if a server-sent events stream never finishes an event, does memory grow forever?',
      file: 'eventsource-parser/README.md',
      heading: 'Limiting buffered memory',
    },
    {
      ask: 'How do I find out how long the event stream server wants me to wait before reconnecting?',
      file: 'eventsource-parser/README.md',
      heading: 'Retry intervals',
    },
    {
      ask: 'Start a command with a token that must not show up in the shell history',
      file: 'tinyexec/README.md',
      heading: 'Passing a string to stdin',
    },
    {
      ask: 'What does not work when I use the blocking variant of tinyexec?',
      file: 'tinyexec/README.md',
      heading: 'Synchronous',
    },
    {
      ask: 'Can sade parse the arguments and let me call the handler myself later?',
      file: 'sade/readme.md',
      heading: 'opts.lazy',
    },
    {
      ask: 'Why is the domain of localhost null?',
      file: 'tldts/README.md',
      heading: 'Retrieving subdomain of `localhost`',
    },
    {
      ask: 'Can I update the list of public suffixes without a new version of the package?',
      file: 'tldts/README.md',
      heading: 'Updating the TLDs List',
    },
    {
      ask: 'keep dynamic import() as it is when sucrase compiles to CommonJS',
      file: 'sucrase/README.md',
      heading: 'Transforms',
    },
    {
      ask: 'Find the tsconfig that actually covers a file, the way the editor picks it, and not just the closest one',
      file: 'get-tsconfig/README.md',
      phrase: "matching VS Code's TypeScript Language Server behavior",
    },
    {
      ask: 'minimist turns my zip code 01234 into a number, how do I avoid that?',
      file: 'minimist/README.md',
      phrase: 'Numeric-looking arguments will be returned as numbers',
    },
    {
      ask: 'Can I require a .json5 file directly in node?',
      file: 'json5/README.md',
      heading: 'JSON5 files',
    },
    {
      ask: 'Do I get an exception when JSON with comments is broken, or half a result?',
      file: 'jsonc-parser/README.md',
      phrase: 'Therefore always check the errors list',
    },
    {
      ask: 'Is the output of shell-quote safe to use on Windows?',
      file: 'shell-quote/README.md',
      heading: 'quote(args)',
    },
    {
      ask: 'Is the BOM removed when I decode a buffer to a string?',
      file: 'iconv-lite/README.md',
      heading: 'BOM handling',
    },
    {
      ask: 'Is there a performance cost to accessing exports of modules loaded by jiti?',
      file: 'jiti/README.md',
      heading: 'interopDefault',
    },
    {
      ask: 'Highlighting a very long piece of code makes the page hang, can it be done in the background?',
      file: 'highlight.js/README.md',
      heading: 'Web Workers',
    },
    {
      ask: 'How do I exclude one code block from syntax highlighting?',
      file: 'highlight.js/README.md',
      heading: 'Plaintext and Disabling Highlighting',
    },
    {
      ask: 'Warn that a function is deprecated only if it is called with too few arguments',
      file: 'depd/Readme.md',
      heading: 'Conditionally deprecating a function call',
    },
    {
      ask: 'pause logging for a while and print the messages held back afterwards',
      file: 'consola/README.md',
      heading: 'pauseLogs',
    },
    {
      ask: 'What happens to requests when the store of the rate limiter is down?',
      file: 'express-rate-limit/readme.md',
      phrase: 'traffic if the store becomes unavailable',
    },
    {
      ask: 'print a table in the terminal with a header row and also a header in every line on the left',
      file: 'cli-table3/README.md',
      heading: 'Cross Tables',
    },
    {
      ask: 'Can a GitHub App authenticate when its private key never leaves a key management service?',
      file: '@octokit/auth-app/README.md',
      heading: 'remotely-signed JSON Web Token',
    },
    {
      ask: 'A GraphQL query to GitHub failed in one field only, can I still use the rest of the data?',
      file: '@octokit/graphql/README.md',
      heading: 'Partial responses',
    },
    {
      ask: 'octokit throttling plugin: how long does it wait on a secondary rate limit if the response has no retry-after header?',
      file: '@octokit/plugin-throttling/README.md',
      phrase: 'fallbackSecondaryRateRetryAfter',
    },
    {
      ask: 'stop octokit.paginate early once I have found what I was looking for',
      file: '@octokit/plugin-paginate-rest/README.md',
      phrase: 'The `mapFunction` gets a 2nd argument `done`',
    },
    {
      ask: 'tapable: make my plugin run before another one',
      file: 'tapable/README.md',
      heading: 'Plugin API',
    },
    {
      ask: 'How can a middleware skip the other handlers of its route and go on to the next route?',
      file: 'router/README.md',
      phrase: "Calling `next('route')` bypasses the remaining",
    },
    {
      ask: 'Load the user from the database whenever the id occurs in the path, without repeating it in every route',
      file: 'router/README.md',
      heading: 'router.param',
    },
    {
      ask: 'Keep a timer in a custom prompt without triggering another render',
      file: '@inquirer/core/README.md',
      heading: 'Ref hook',
    },
    {
      ask: 'show the output of a sub-task while it runs and wipe it away if it worked',
      file: '@clack/prompts/README.md',
      heading: 'Task Log',
    },
    {
      ask: 'Can acorn put several files into the same AST?',
      file: 'acorn/README.md',
      phrase: 'It is possible to parse multiple files into a single',
    },
    {
      ask: 'How do I read an option with a hyphen such as --dry-run in cac?',
      file: 'cac/README.md',
      heading: 'Dash in option names',
    },
    {
      ask: 'gpt-tokenizer: how do I permit the end of prompt token in the text I encode?',
      file: 'gpt-tokenizer/README.md',
      heading: 'Custom Allowed Sets',
    },
    {
      ask: 'My imports say ./foo.js but on disk there is only foo.ts, how do I resolve that?',
      file: 'enhanced-resolve/README.md',
      phrase: 'imports are written with `.js` but the source is `.ts`',
    },
    {
      ask: 'restrict the OAuth token of a user to certain repositories and permissions',
      file: '@octokit/oauth-app/README.md',
      heading: 'app.scopeToken',
    },
    {
      ask: 'How can I receive GitHub webhooks on my own machine while developing?',
      file: '@octokit/webhooks/README.md',
      heading: 'Local development',
    },
    {
      ask: 'intercept HTTP requests that a child process makes',
      file: '@mswjs/interceptors/README.md',
      heading: 'RemoteHttp',
    },
    {
      ask: 'How do I serve static files that are already compressed with brotli or gzip on disk?',
      file: '@hono/node-server/README.md',
      heading: 'precompressed',
    },
    {
      ask: 'Can I limit how deep or how large a CEL expression may be?',
      file: '@marcbachmann/cel-js/README.md',
      heading: 'Environment Options',
    },
    {
      ask: 'The function I benchmark is so fast that the timer itself distorts the result',
      file: 'tinybench/README.md',
      heading: 'Timer Overhead Correction',
    },
    {
      ask: 'Is it dangerous if a TOML document from outside contains __proto__?',
      file: 'smol-toml/README.md',
      heading: 'Key safety',
    },
    {
      ask: 'trace what every LRU cache in the process is doing, for metrics',
      file: 'lru-cache/README.md',
      heading: 'Tracing and Observability',
    },
    {
      ask: 'Two kinds of tasks have a limiter each, and together they must respect a common limit',
      file: 'bottleneck/README.md',
      heading: 'chain()',
    },
    {
      ask: 'My command line flags never arrive when the program is started through an npm script',
      file: 'commander/Readme.md',
      heading: 'npm run-script',
    },
    {
      ask: 'Skip interactive questions whose answers were already given as command line arguments',
      file: 'prompts/readme.md',
      heading: 'override',
    },
    {
      ask: 'How do I encode spaces as plus signs in a query string?',
      file: 'qs/README.md',
      heading: 'Encoding formats',
    },
    {
      ask: 'My code is transpiled and then minified, how do I combine the two source maps into one?',
      file: 'source-map/README.md',
      heading: 'SourceMapGenerator.prototype.applySourceMap',
    },
    {
      ask: 'Where can the logs of the Slack client go other than the console?',
      file: '@slack/web-api/README.md',
      heading: 'Logging',
    },
    {
      ask: 'How does formatly know which formatter a project uses?',
      file: 'formatly/README.md',
      heading: 'Formatter Detection',
    },
    {
      ask: 'draw a picture of the dependencies between my source files',
      file: 'dependency-cruiser/README.md',
      heading: 'Show stuff to your grandma',
    },
    {
      ask: 'Can zod schemas be compiled so that they validate faster?',
      file: 'zod/README.md',
      heading: 'AOT compilation',
    },
    {
      ask: 'How long does an old major version of GraphQL.js still get fixes?',
      file: 'graphql/README.md',
      heading: 'Version Support',
    },
  ],
  offTopic: [
    'When is the office closed over Christmas?',
    'How do I get a parking permit for visitors?',
    'Is there a vegetarian dish in the canteen today?',
    'Where do I hand in the receipts of a business trip?',
    'How do I descale the coffee machine?',
    'When should I plant tomatoes outdoors?',
    'How long does it take to renew a passport?',
    'Does the company contribute to my pension?',
    'May I bring my dog to work?',
    'How many calories are in a banana?',
    'How do I lock the Terraform state in a team?',
    'Why does my Kafka consumer group keep rebalancing?',
    'Which JVM garbage collector has the shortest pauses?',
    'How do I sign outgoing mail with DKIM?',
    'nginx returns 502 bad gateway',
    'How do I center an equation in LaTeX?',
    'How do I refresh a materialized view without locking it?',
    'pair a Bluetooth headset on Linux',
    'find the commit that broke the build with git bisect',
    'Write a SwiftUI list with swipe actions',
  ],
};
