import type { QuestionSet } from '../retrieval-question.ts';

export const fifthSet: QuestionSet = {
  questions: [
    {
      ask: 'commander: show the version with -v instead of -V',
      file: 'commander/Readme.md',
      heading: 'Version option',
    },
    {
      ask: 'How do I add examples below the generated help text in commander?',
      file: 'commander/Readme.md',
      heading: 'Custom help',
    },
    {
      ask: 'croner: how do I know whether a job is still busy with its last run?',
      file: 'croner/README.md',
      heading: 'Status',
    },
    {
      ask: 'Allow cross-origin requests on only one endpoint of my API',
      file: 'cors/README.md',
      heading: 'Enable CORS for a Single Route',
    },
    {
      ask: 'How can I make sure a cookie is only sent over https?',
      file: 'cookie/README.md',
      heading: 'secure',
    },
    {
      ask: 'What does the +15ms at the end of a debug line mean?',
      file: 'debug/README.md',
      heading: 'Millisecond diff',
    },
    {
      ask: 'Where does express-rate-limit keep its counters if I configure nothing?',
      file: 'express-rate-limit/readme.md',
      heading: 'Data Stores',
    },
    {
      ask: 'Which versions of jose still get security fixes?',
      file: 'jose/README.md',
      heading: 'Supported Versions',
    },
    {
      ask: 'JSON5.stringify: always use double quotes',
      file: 'json5/README.md',
      phrase: '`quote`: A String representing the quote character to use when serializing',
    },
    {
      ask: 'I get a deprecation warning, how do I see the whole stack of the call?',
      file: 'depd/Readme.md',
      heading: 'process.env.TRACE_DEPRECATION',
    },
    {
      ask: 'write deprecation warnings to our own log instead of stderr',
      file: 'depd/Readme.md',
      heading: "process.on('deprecation', fn)",
    },
    {
      ask: 'Is libSQL the same as Turso, and which one should I start with?',
      file: 'libsql/README.md',
      phrase: 'Turso database and libSQL are two different projects from the same team.',
    },
    {
      ask: 'How do I install a nightly build of TypeScript?',
      file: 'typescript/README.md',
      phrase: 'For our nightly builds:',
    },
    {
      ask: 'create a first config file for dependency-cruiser',
      file: 'dependency-cruiser/README.md',
      heading: 'and generate a config',
    },
    {
      ask: 'Is there a GUI to look into my database that goes with drizzle?',
      file: 'drizzle-orm/README.md',
      phrase: 'We also have [**Drizzle Studio**]',
    },
    {
      ask: 'Is minimist vulnerable to prototype pollution?',
      file: 'minimist/README.md',
      heading: 'security',
    },
    {
      ask: 'read a YAML file that holds several documents separated by ---',
      file: 'yaml/README.md',
      heading: 'Documents',
    },
    {
      ask: 'How do I get the TypeScript type of a zod schema?',
      file: 'zod/README.md',
      heading: 'Inferring types',
    },
    {
      ask: 'What happens to chalk.hex colors in a terminal with only 16 colors?',
      file: 'chalk/readme.md',
      heading: '256 and Truecolor color support',
    },
    {
      ask: 'The resolver does not see a file that was created a moment ago, how do I clear its cache?',
      file: 'enhanced-resolve/README.md',
      heading: 'CachedInputFileSystem(fileSystem, duration)',
    },
    {
      ask: 'resolve an import from a path with a # in the file name',
      file: 'enhanced-resolve/README.md',
      heading: 'Escaping',
    },
    {
      ask: 'How do I get the original source code out of a source map?',
      file: 'source-map/README.md',
      heading: 'SourceMapConsumer.prototype.sourceContentFor',
    },
    {
      ask: 'generate a UUID in the terminal',
      file: 'uuid/README.md',
      heading: 'Command Line',
    },
    {
      ask: 'compile a whole directory with sucrase',
      file: 'sucrase/README.md',
      heading: 'Compiling a project to JS',
    },
    {
      ask: 'Convert a big file from windows-1251 without reading it into memory at once',
      file: 'iconv-lite/README.md',
      heading: 'Streaming API',
    },
    {
      ask: 'Why is page a string and not a number after I parsed the query string?',
      file: 'qs/README.md',
      heading: 'Parsing primitive/scalar values',
    },
    {
      ask: 'show a progress bar for a download in the terminal',
      file: '@clack/prompts/README.md',
      heading: 'Progress',
    },
    {
      ask: 'Can I read tsconfig.json with the API of the compiler itself, without another package?',
      file: 'get-tsconfig/README.md',
      heading: 'How can I use TypeScript to parse',
    },
    {
      ask: 'Which eslint does tinyexec run, the one of the project or the global one?',
      file: 'tinyexec/README.md',
      heading: 'Node modules/binaries',
    },
    {
      ask: 'syntax highlighting as a Vue component',
      file: 'highlight.js/README.md',
      heading: 'Using with Vue.js',
    },
    {
      ask: 'Where does jiti store its transpiled files?',
      file: 'jiti/README.md',
      phrase: 'jiti uses `node_modules/.cache/jiti` (if exists)',
    },
    {
      ask: 'Add a header to every request my node process sends, whichever client sends it',
      file: '@mswjs/interceptors/README.md',
      heading: 'Modifying outgoing requests',
    },
    {
      ask: 'Some jobs are heavier than others and should take up more of the concurrency limit',
      file: 'bottleneck/README.md',
      phrase: 'The `weight` is what increases the number of running jobs',
    },
    {
      ask: 'Is the step from one version to another a major, minor or patch change?',
      file: 'semver/README.md',
      phrase: '`diff(v1, v2)`: Returns the difference between two versions by the release type',
    },
    {
      ask: '[MagicString] replaceAll() requires a global RegExp',
      file: 'magic-string/README.md',
      heading: 's.replaceAll(',
    },
    {
      ask: 'tapable: log every plugin that runs on a hook',
      file: 'tapable/README.md',
      heading: 'Interception',
    },
    {
      ask: 'Paths that begin with ./ do not match my glob',
      file: 'picomatch/README.md',
      heading: 'options.format',
    },
    {
      ask: 'sade exits with "Insufficient arguments!"',
      file: 'sade/readme.md',
      phrase: 'An `Insufficient arguments!` error will be displayed along with a help prompt.',
    },
    {
      ask: 'pass nested options such as --env.API_KEY=abc on the command line',
      file: 'cac/README.md',
      heading: 'Dot-nested Options',
    },
    {
      ask: 'Can I use @defer and @stream with GraphQL.js?',
      file: 'graphql/README.md',
      heading: 'Experimental features',
    },
    {
      ask: 'hono on node over https with my own certificate',
      file: '@hono/node-server/README.md',
      heading: 'createServer',
    },
    {
      ask: 'Print a list of all routes that are registered',
      file: 'router/README.md',
      heading: 'router.listRoutes()',
    },
    {
      ask: 'Files uploaded with a form do not show up in req.body',
      file: 'body-parser/README.md',
      phrase: '_This does not handle multipart bodies_',
    },
    {
      ask: 'BadRequestError: request aborted',
      file: 'body-parser/README.md',
      heading: 'request aborted',
    },
    {
      ask: 'Can I end a series of interactive questions early, depending on what was just answered?',
      file: 'prompts/readme.md',
      heading: 'options.onSubmit',
    },
    {
      ask: 'The static middleware adds a slash to the URL of a folder, can I turn that off?',
      file: 'serve-static/README.md',
      heading: 'redirect',
    },
    {
      ask: 'fetch more than 100 items from the GitHub GraphQL API',
      file: 'octokit/README.md',
      phrase: "GitHub's GraphQL API returns a maximum of 100 items.",
    },
    {
      ask: 'Add my own methods to octokit with a plugin',
      file: '@octokit/core/README.md',
      phrase:
        "In order to extend `octokit`'s API, the plugin must return an object with the new methods.",
    },
    {
      ask: 'Do I need to install expect-type if I already use vitest?',
      file: 'expect-type/README.md',
      heading: 'Vitest',
    },
    {
      ask: 'How do I write a gitignore rule for a file whose name starts with #?',
      file: 'ignore/README.md',
      phrase: 'in front of the first hash for patterns that begin with a hash',
    },
    {
      ask: 'catch-all route that matches any number of path segments',
      file: 'path-to-regexp/Readme.md',
      heading: 'Wildcard',
    },
    {
      ask: 'Which bundler does Vite use for the production build?',
      file: 'vite/README.md',
      phrase: 'A build command that bundles your code with [Rolldown]',
    },
    {
      ask: 'Do I have to install zod to use the MCP SDK?',
      file: '@modelcontextprotocol/sdk/README.md',
      phrase: 'This SDK has a **required peer dependency** on `zod`',
    },
    {
      ask: 'check that my npm package is put together correctly before I publish it',
      file: 'publint/README.md',
      phrase: 'Lint packaging errors. Ensure compatibility across environments.',
    },
    {
      ask: 'See which formatter formatly would run without changing any file',
      file: 'formatly/README.md',
      heading: '--dry-run',
    },
    {
      ask: 'Which TypeScript version does fast-check 4 need?',
      file: 'fast-check/README.md',
      heading: 'Compatibility',
    },
    {
      ask: 'How does msw work in Node, where there is no service worker?',
      file: 'msw/README.md',
      phrase: "There's no such thing as Service Workers in Node.js.",
    },
    {
      ask: 'send a file with my own content type for some extensions',
      file: 'send/README.md',
      heading: 'Custom file types',
    },
    {
      ask: 'Run a callback when a single attempt takes too long',
      file: 'retry/README.md',
      heading: 'retryOperation.attempt(fn',
    },
    {
      ask: 'Which features of lru-cache should I avoid if speed matters?',
      file: 'lru-cache/README.md',
      heading: 'Performance',
    },
  ],
  offTopic: [
    'Can I carry unused holiday over into next year?',
    'Where can I charge my electric car at the office?',
    'How do I order new business cards?',
    'What should I wear to a meeting with a client?',
    'Whom do I tell when I have lost my company phone?',
    'How long does a chicken of two kilos have to roast?',
    'Which museums are free on the first Sunday of the month?',
    'How do I unblock a kitchen sink?',
    'How often does a cactus need water?',
    'Who takes over my desk when the team moves to the new building?',
    'Jenkins pipeline with stages on different agents',
    'How do I set up RAID 1 with mdadm?',
    'HAProxy takes a healthy backend out of rotation',
    'Spring Boot: required a bean of type that could not be found',
    'Read a Parquet file with Apache Spark',
    'Unity: my object falls through the floor although it has a collider',
    'What is the difference between launch and async in Kotlin coroutines?',
    'Calibrate the extruder steps of a 3D printer',
    'VLOOKUP returns #N/A although the value is there',
    'Oracle: ORA-01555 snapshot too old',
  ],
};
