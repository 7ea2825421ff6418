import type { QuestionSet } from '../retrieval-question.ts';

export const fourthSet: QuestionSet = {
  questions: [
    {
      ask: 'commander: raise the verbosity each time -v is repeated',
      file: 'commander/Readme.md',
      heading: 'Custom option processing',
    },
    {
      ask: 'My program wraps another one, how do I hand the flags after the first argument on to it without the user typing --?',
      file: 'commander/Readme.md',
      heading: 'Parsing Configuration',
    },
    {
      ask: 'Strip the prerelease from a version and set the patch number to 0',
      file: 'semver/README.md',
      phrase: 'Return the version with components _lower_',
    },
    {
      ask: 'glob for numbered folders with a leading zero, {01..25}',
      file: 'picomatch/README.md',
      heading: 'options.expandRange',
    },
    {
      ask: 'How many jobs of high priority are still waiting in the promise queue?',
      file: 'p-queue/readme.md',
      heading: '.sizeBy(options)',
    },
    {
      ask: 'Give up at once and make no further attempts when the error is fatal',
      file: 'retry/README.md',
      heading: 'retryOperation.stop()',
    },
    {
      ask: 'Can interactive questions be written to stderr so that I can pipe the real output?',
      file: 'prompts/readme.md',
      heading: 'stdin and stdout',
    },
    {
      ask: 'TypeError: Unterminated quote at index 8',
      file: 'path-to-regexp/Readme.md',
      heading: 'Unterminated quote',
    },
    {
      ask: 'Fake timers have no effect on when entries of my LRUCache expire',
      file: 'lru-cache/README.md',
      heading: 'Testing',
    },
    {
      ask: 'debug is switched on in localStorage but nothing shows up in the Chrome console',
      file: 'debug/README.md',
      phrase: 'if the "Verbose" log level is _enabled_',
    },
    {
      ask: 'fetch from another origin cannot see my X-Total-Count response header',
      file: 'cors/README.md',
      phrase: '`exposedHeaders`: Configures the **Access-Control-Expose-Headers**',
    },
    {
      ask: 'What do I get for a cookie whose value cannot be decoded?',
      file: 'cookie/README.md',
      heading: 'Encode and decode',
    },
    {
      ask: 'req.body is undefined since I upgraded body-parser, it used to be an empty object',
      file: 'body-parser/README.md',
      phrase: 'or when `Content-Type` does not match). In v1, `req.body` was always initialized',
    },
    {
      ask: 'Which one counts if a compiled file has more than one sourceMappingURL comment?',
      file: 'source-map-support/README.md',
      heading: 'Node support',
    },
    {
      ask: 'length of a MagicString is smaller than the length of the string it prints',
      file: 'magic-string/README.md',
      heading: 's.length()',
    },
    {
      ask: 'I want the raw timing of every single iteration to plot a histogram',
      file: 'tinybench/README.md',
      heading: 'Retaining Samples',
    },
    {
      ask: 'What should I use now instead of toMatchTypeOf?',
      file: 'expect-type/README.md',
      heading: 'toMatchTypeOf` deprecated',
    },
    {
      ask: 'Log in with GitHub from a single page app without giving away the client secret',
      file: 'octokit/README.md',
      heading: 'OAuth for browser apps',
    },
    {
      ask: 'When GitHub answers 304 I would like to return my own cached copy',
      file: '@octokit/core/README.md',
      heading: 'Hooks',
    },
    {
      ask: 'How do I unit test code that calls @octokit/graphql without a network?',
      file: '@octokit/graphql/README.md',
      heading: 'Writing tests',
    },
    {
      ask: 'one handler for all GitHub events, whatever their name',
      file: '@octokit/webhooks/README.md',
      heading: 'webhooks.onAny',
    },
    {
      ask: 'upload a release asset to GitHub, name in the query string and content in the body',
      file: '@octokit/request/README.md',
      heading: 'Set parameters for both the URL/query and the request body',
    },
    {
      ask: 'Silence the deprecation warnings of one dependency when I start my app',
      file: 'depd/Readme.md',
      heading: 'process.env.NO_DEPRECATION',
    },
    {
      ask: 'What becomes of letters such as ø when the target encoding has no such character?',
      file: 'iconv-lite/README.md',
      phrase: 'No transliteration is currently supported.',
    },
    {
      ask: 'Which files could an import alias from compilerOptions.paths stand for?',
      file: 'get-tsconfig/README.md',
      heading: 'createPathsMatcher',
    },
    {
      ask: 'cac: --out <dir> or --out [dir], what is the difference?',
      file: 'cac/README.md',
      heading: 'Brackets',
    },
    {
      ask: 'error: No command specified',
      file: 'sade/readme.md',
      heading: 'opts.default',
    },
    {
      ask: 'What does consola.prompt return if somebody presses ctrl+c?',
      file: 'consola/README.md',
      heading: 'prompt(message, { type, cancel })',
    },
    {
      ask: 'custom inquirer prompt with a validation error below the input line',
      file: '@inquirer/core/README.md',
      phrase: 'The second one is content to render under the prompt',
    },
    {
      ask: 'Does the send module answer by itself if I do not listen for errors?',
      file: 'send/README.md',
      phrase: 'By default when no `error` listeners are present',
    },
    {
      ask: 'static middleware should report a missing file at once rather than call the next handler',
      file: 'serve-static/README.md',
      heading: 'fallthrough',
    },
    {
      ask: 'Are the asynchronous functions of fflate worth it for small payloads?',
      file: 'fflate/README.md',
      phrase: 'significant initial overhead to using workers',
    },
    {
      ask: 'How do I pass options to sucrase/register?',
      file: 'sucrase/README.md',
      heading: 'Usage in Node',
    },
    {
      ask: 'The last server-sent event is lost because the connection ends without a blank line',
      file: 'eventsource-parser/README.md',
      phrase: 'to flush any remaining data and reset the parser state',
    },
    {
      ask: 'All line breaks vanish when the code to highlight is in a div',
      file: 'highlight.js/README.md',
      heading: 'Using custom HTML elements for code blocks',
    },
    {
      ask: 'call a Slack API method that the WebClient does not know yet',
      file: '@slack/web-api/README.md',
      phrase: 'a method that might not be available in your version of the client',
    },
    {
      ask: 'parse a command line in which ^ and not backslash is the escape character',
      file: 'shell-quote/README.md',
      heading: 'parse with custom escape character',
    },
    {
      ask: 'Tell the browser to preload the stylesheet while the page is still being rendered on the server',
      file: '@hono/node-server/README.md',
      phrase: 'You can send HTTP 103 Early Hints',
    },
    {
      ask: 'Shut a rate limiter down cleanly, finish the running jobs and discard the waiting ones',
      file: 'bottleneck/README.md',
      heading: 'stop()',
    },
    {
      ask: 'MCP SDK: globalThis.crypto is undefined on an old node version',
      file: '@modelcontextprotocol/sdk/README.md',
      heading: 'Web Crypto',
    },
    {
      ask: 'get just "google" out of www.google.co.uk',
      file: 'tldts/README.md',
      heading: 'getDomainWithoutSuffix',
    },
    {
      ask: 'How do I collect all comments of a script while acorn parses it?',
      file: 'acorn/README.md',
      phrase: '- **onComment**: If a function is passed for this option',
    },
    {
      ask: 'Derive the same id from the same URL every time',
      file: 'uuid/README.md',
      heading: 'uuid.v5(',
    },
    {
      ask: 'print some text only if the terminal can show colors',
      file: 'chalk/readme.md',
      phrase: 'Print the text only when Chalk has a color level above zero',
    },
    {
      ask: 'Can a function in a CEL expression be async, for example to fetch a user?',
      file: '@marcbachmann/cel-js/README.md',
      heading: 'registerFunction` (sync & async)',
    },
    {
      ask: 'Leave keys out of the query string when their value is null',
      file: 'qs/README.md',
      heading: 'Handling of `null` values',
    },
    {
      ask: 'The rule build/ is in my ignore file but ignores("build") says false',
      file: 'ignore/README.md',
      heading: 'filenames and dirnames',
    },
    {
      ask: 'Saving in my editor gives unlink and add events and no change event',
      file: 'chokidar/README.md',
      phrase: 'Automatically filters out artifacts that occur when using editors',
    },
    {
      ask: 'How can a tracing tool observe each middleware and route handler without patching the router?',
      file: 'router/README.md',
      heading: 'Diagnostics',
    },
    {
      ask: 'Why does tapable use new Function and eval?',
      file: 'tapable/README.md',
      heading: 'Code generation',
    },
    {
      ask: 'How many tokens do my function definitions add to a chat request?',
      file: 'gpt-tokenizer/README.md',
      heading: 'countChatCompletionTokens',
    },
    {
      ask: 'Can an array with null in it be written as TOML?',
      file: 'smol-toml/README.md',
      phrase: '`undefined` and `null` values in arrays are **rejected**',
    },
    {
      ask: 'Validate an object and get the error back as a result, without try/catch',
      file: 'zod/README.md',
      heading: 'Handling errors',
    },
    {
      ask: 'rollup: one self-executing file for a script tag',
      file: 'rollup/README.md',
      heading: 'Commands',
    },
    {
      ask: 'Does parsing malformed YAML throw an exception?',
      file: 'yaml/README.md',
      phrase: 'Can accept any string as input without throwing',
    },
    {
      ask: 'tool that finds unused exports and dependencies in a TypeScript project',
      file: 'knip/README.md',
      phrase: 'Knip finds and fixes **unused dependencies, exports and files**',
    },
    {
      ask: 'Is tsup still maintained, or what should replace it?',
      file: 'tsup/README.md',
      phrase: 'This project is not actively maintained anymore.',
    },
    {
      ask: 'Which attestation formats can the WebAuthn server verify, is TPM among them?',
      file: '@simplewebauthn/server/README.md',
      heading: 'Supported Attestation Formats',
    },
    {
      ask: 'Can property based tests uncover race conditions between promises?',
      file: 'fast-check/README.md',
      heading: 'Why should I migrate to fast-check?',
    },
    {
      ask: 'My GraphQL.js server is slow in production, is there a switch for the development checks?',
      file: 'graphql/README.md',
      phrase: "Please don't forget to set `NODE_ENV=production`",
    },
  ],
  offTopic: [
    'How do I get candle wax off a wooden table?',
    'When does the swimming pool open on Saturdays?',
    'How do I sharpen a kitchen knife?',
    'Which train goes to the trade fair on Monday morning?',
    'How long does cooked rice keep in the fridge?',
    'How do I teach a puppy to walk on a leash?',
    'Who was the first person to reach the South Pole?',
    'Does the company pay for a gym membership?',
    'Who orders new chairs for the office?',
    'By when do I have to hand in my sick note?',
    'How do I grow an LVM volume without unmounting it?',
    'Gradle: unsupported class file major version 65',
    'Set up a WireGuard tunnel between two offices',
    'How do I build a pivot table in Excel?',
    'My Flutter widget does not rebuild after setState',
    "renew a Let's Encrypt certificate with certbot",
    'Cassandra compaction fills up the whole disk',
    'How do I resolve conflicting Django migrations after a merge?',
    'blink an LED with an Arduino',
    'rename a tmux window',
  ],
};
