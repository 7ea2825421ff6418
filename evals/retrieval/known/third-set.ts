import type { QuestionSet } from '../retrieval-question.ts';

export const thirdSet: QuestionSet = {
  questions: [
    {
      ask: 'chalk: force colors on in CI where no terminal is detected',
      file: 'chalk/readme.md',
      phrase: 'For situations where using `--color` is not possible',
    },
    {
      ask: 'Will my colored error output be right if only stdout is redirected to a file?',
      file: 'chalk/readme.md',
      heading: 'chalkStderr and supportsColorStderr',
    },
    {
      ask: 'How do I run several simulations whose random sequences are guaranteed to be unrelated?',
      file: 'pure-rand/README.md',
      phrase: 'In order to produce independent simulations',
    },
    {
      ask: 'Mersenne Twister or another generator, which one should I take?',
      file: 'pure-rand/README.md',
      heading: 'Pseudorandom number generators',
    },
    {
      ask: 'Can msw mock requests only inside one route of my server and leave the others alone?',
      file: 'msw/README.md',
      phrase: 'to scope request interception to a particular closure',
    },
    {
      ask: 'Which transport should I pick for an MCP server that runs remotely?',
      file: '@modelcontextprotocol/sdk/README.md',
      heading: 'Servers and transports',
    },
    {
      ask: 'How can a tool let the user enter an API key in the browser instead of in the chat?',
      file: '@modelcontextprotocol/sdk/README.md',
      heading: 'Capabilities: sampling, elicitation, and tasks',
    },
    {
      ask: 'obug on Cloudflare Workers without ANSI codes',
      file: 'obug/README.md',
      heading: 'Runtimes',
    },
    {
      ask: 'Change one value in a JSON config from a script without losing its comments',
      file: 'jsonc-parser/README.md',
      phrase: 'Computes the edit operations needed to modify a value in the JSON document',
    },
    {
      ask: 'Make jiti understand the path aliases of my TypeScript config',
      file: 'jiti/README.md',
      heading: 'tsconfigPaths',
    },
    {
      ask: 'I edit a file and import it again with jiti but get the old module',
      file: 'jiti/README.md',
      heading: 'moduleCache',
    },
    {
      ask: 'Forbid production code to import anything from the test folder',
      file: 'dependency-cruiser/README.md',
      heading: 'Declare some rules',
    },
    {
      ask: 'When does a browser throw a cookie away if I set no expiry date?',
      file: 'cookie/README.md',
      heading: 'expires',
    },
    {
      ask: 'cookie that is tied to the top-level site it was embedded in (CHIPS)',
      file: 'cookie/README.md',
      heading: 'partitioned',
    },
    {
      ask: 'Look in a second directory for static files that are not in the first one',
      file: 'serve-static/README.md',
      heading: 'Multiple roots',
    },
    {
      ask: 'HTML should never be cached but images and scripts for a day',
      file: 'serve-static/README.md',
      heading: 'Different settings for paths',
    },
    {
      ask: 'How do I show a list of the files when a folder is requested?',
      file: 'send/README.md',
      heading: 'Custom directory index view',
    },
    {
      ask: 'Add retries to every method of an existing object at once',
      file: 'retry/README.md',
      heading: 'retry.wrap',
    },
    {
      ask: 'How do I make the retry package give up after thirty seconds in total, no matter how many attempts are left?',
      file: 'retry/README.md',
      phrase: 'maxRetryTime',
    },
    {
      ask: 'Replace the order in which p-queue takes tasks with my own scheduling',
      file: 'p-queue/readme.md',
      heading: 'Custom QueueClass',
    },
    {
      ask: 'How do I pipe the body of a fetch response into an SSE parser?',
      file: 'eventsource-parser/README.md',
      heading: 'Stream usage',
    },
    {
      ask: 'The event stream sends heartbeat lines that start with a colon, can I get at them?',
      file: 'eventsource-parser/README.md',
      heading: 'Comments',
    },
    {
      ask: 'Does shell-quote evaluate command substitution or defaults like ${name:-value}?',
      file: 'shell-quote/README.md',
      phrase: 'Bash parameter expansion beyond a plain variable name is not evaluated',
    },
    {
      ask: 'My routes are written like /[id], can I use path-to-regexp all the same?',
      file: 'path-to-regexp/Readme.md',
      heading: 'Custom path',
    },
    {
      ask: 'TypeError: Missing parameter name at index 1: /*',
      file: 'path-to-regexp/Readme.md',
      heading: 'Missing parameter name',
    },
    {
      ask: 'Can I check the syntax of a script with acorn in the shell and only look at the exit code?',
      file: 'acorn/README.md',
      heading: 'Command line interface',
    },
    {
      ask: 'cac: print an error when somebody types a command that does not exist',
      file: 'cac/README.md',
      heading: 'Events',
    },
    {
      ask: 'get rid of the horizontal lines between the rows of an ascii table',
      file: 'cli-table3/README.md',
      heading: 'Custom styles',
    },
    {
      ask: 'I have the whole command line as a single string, how do I run that with tinyexec?',
      file: 'tinyexec/README.md',
      heading: 'Using with command strings',
    },
    {
      ask: 'DevTools shows my original sources, but error.stack in Chrome still points into the bundle',
      file: 'source-map-support/README.md',
      heading: 'Browser support',
    },
    {
      ask: 'Recognize reserved host names such as printer.local or something.onion',
      file: 'tldts/README.md',
      heading: 'Special-use domains',
    },
    {
      ask: 'Can I treat a suffix as public that is missing from the official list?',
      file: 'tldts/README.md',
      heading: 'Adding public suffixes',
    },
    {
      ask: 'What does sucrase do with decorators and private fields?',
      file: 'sucrase/README.md',
      heading: 'Unsupported syntax',
    },
    {
      ask: 'React in production complains that jsxDEV is missing',
      file: 'sucrase/README.md',
      heading: 'JSX Options',
    },
    {
      ask: 'Print the answer of a language model in the terminal while it is still arriving',
      file: '@clack/prompts/README.md',
      heading: 'Stream',
    },
    {
      ask: 'prompt for text with line breaks in it, with a submit button',
      file: '@clack/prompts/README.md',
      heading: 'Multi-Line Text',
    },
    {
      ask: 'How do users switch inquirer prompts to vim or emacs keys?',
      file: '@inquirer/core/README.md',
      heading: 'Key utilities',
    },
    {
      ask: 'consola prints only the text when the object I log has a property called message',
      file: 'consola/README.md',
      heading: 'Raw logging methods',
    },
    {
      ask: 'How do I get one line of JSON per log entry out of consola?',
      file: 'consola/README.md',
      heading: 'Custom Reporters',
    },
    {
      ask: 'The nested option I pass to my own Octokit class wipes out the defaults beside it',
      file: '@octokit/core/README.md',
      phrase: 'the options will be merged shallowly',
    },
    {
      ask: 'Send somebody to the page where they can install my GitHub App',
      file: '@octokit/app/README.md',
      heading: 'app.getInstallationUrl',
    },
    {
      ask: 'Is it safe to insert a repository name into a GitHub GraphQL query with a template string?',
      file: '@octokit/graphql/README.md',
      phrase: 'vulnerable to query injection attacks',
    },
    {
      ask: '@octokit/plugin-throttling with several Node processes and ioredis',
      file: '@octokit/plugin-throttling/README.md',
      heading: 'Clustering',
    },
    {
      ask: 'Does octokit.paginate also work for search, where the list is inside an object?',
      file: '@octokit/plugin-paginate-rest/README.md',
      heading: 'How it works',
    },
    {
      ask: 'GitHub rejects my app token because it was issued in the future, clocks are off',
      file: '@octokit/auth-app/README.md',
      heading: 'Implementation details',
    },
    {
      ask: 'Can installation tokens be kept in my own store rather than in memory?',
      file: '@octokit/auth-app/README.md',
      phrase: 'is caching up to 15000 tokens simultaneously',
    },
    {
      ask: 'handle the GitHub OAuth login on AWS Lambda behind an API gateway',
      file: '@octokit/oauth-app/README.md',
      heading: 'createAWSLambdaAPIGatewayV2Handler',
    },
    {
      ask: 'How do I send raw text as the body of a GitHub API request instead of JSON keys?',
      file: '@octokit/request/README.md',
      heading: 'The `data` parameter',
    },
    {
      ask: 'fetch is not set. Please pass a fetch implementation',
      file: 'octokit/README.md',
      heading: 'Fetch missing',
    },
    {
      ask: 'One Slack client for many workspaces, each with a token of its own',
      file: '@slack/web-api/README.md',
      phrase: 'use it with multiple workspaces as long as',
    },
    {
      ask: 'An error thrown in my request listener turns into a 500 response, how do I let it through?',
      file: '@mswjs/interceptors/README.md',
      heading: 'Handling exceptions',
    },
    {
      ask: 'Does an intercepted WebSocket still talk to the real server?',
      file: '@mswjs/interceptors/README.md',
      heading: 'Important defaults',
    },
    {
      ask: 'derive several CEL environments from a common base without copying it',
      file: '@marcbachmann/cel-js/README.md',
      heading: 'Environment Cloning',
    },
    {
      ask: 'Files with a percent sign in their name are not found by the static middleware',
      file: '@hono/node-server/README.md',
      heading: 'allowPercentInPath',
    },
    {
      ask: 'InternalServerError: stream is not readable',
      file: 'body-parser/README.md',
      heading: 'stream is not readable',
    },
    {
      ask: 'When too many jobs are waiting, throw away the oldest one',
      file: 'bottleneck/README.md',
      heading: 'Bottleneck.strategy.LEAK',
    },
    {
      ask: 'collect single calls and send them to an API ten at a time',
      file: 'bottleneck/README.md',
      heading: 'Batching',
    },
    {
      ask: 'tapable: listen to several hooks with a single tap',
      file: 'tapable/README.md',
      heading: 'MultiHook',
    },
    {
      ask: 'My glob patterns stopped working after I updated chokidar',
      file: 'chokidar/README.md',
      heading: 'Upgrading',
    },
    {
      ask: 'debug output of a forked process has lost its colors',
      file: 'debug/README.md',
      heading: 'Usage in child processes',
    },
    {
      ask: 'ESLint says my test has no assertions although I use expectTypeOf',
      file: 'expect-type/README.md',
      heading: 'Jest & `eslint-plugin-jest`',
    },
    {
      ask: 'Do I still need fflate now that browsers can compress by themselves?',
      file: 'fflate/README.md',
      heading: 'What about `CompressionStream`',
    },
    {
      ask: 'formatly in a monorepo package: the formatter config lies in a parent directory',
      file: 'formatly/README.md',
      phrase: 'also searches each parent directory in turn',
    },
    {
      ask: 'The tokenizer keeps using memory between calls, how do I free it?',
      file: 'gpt-tokenizer/README.md',
      heading: 'LRU Merge Cache',
    },
    {
      ask: 'Which line of my gitignore is responsible for a file being ignored?',
      file: 'ignore/README.md',
      heading: '.checkIgnore(target',
    },
    {
      ask: 'bring back a piece of text I removed with magic-string',
      file: 'magic-string/README.md',
      heading: 's.reset(',
    },
    {
      ask: 'Is it a problem to check parameters with URLSearchParams and read them with qs afterwards?',
      file: 'qs/README.md',
      phrase: 'consuming it with another is unsafe',
    },
    {
      ask: 'answer 405 when the path exists but not for that HTTP method',
      file: 'router/README.md',
      heading: 'Example of advanced `.route()` usage',
    },
    {
      ask: 'Start counting beta versions at 1 and not at 0',
      file: 'semver/README.md',
      heading: 'Prerelease Identifier Base',
    },
    {
      ask: 'Does Europe/Paris survive when I write a date to TOML?',
      file: 'smol-toml/README.md',
      heading: 'IANA timezones and calendars',
    },
    {
      ask: 'Error: crypto.getRandomValues() not supported in React Native',
      file: 'uuid/README.md',
      heading: 'getRandomValues() not supported',
    },
    {
      ask: 'commander: take the value of an option from an environment variable',
      file: 'commander/Readme.md',
      phrase: ".env('PORT')",
    },
  ],
  offTopic: [
    'How do I get a red wine stain out of a shirt?',
    'How many people live in Portugal?',
    'When is the next total solar eclipse?',
    'Which vaccinations do I need before a trip to Kenya?',
    'How do I fold a fitted sheet?',
    'How long do I have to boil an egg until it is hard?',
    'How much notice do I have to give when I quit?',
    'Where do I report that the heating in the office is broken?',
    'Who signs off on a purchase above five thousand euros?',
    'Can I work from abroad for two months?',
    'What is on the agenda of the all-hands meeting?',
    'How do I get a new badge for the front door?',
    'How do I roll back a Helm release?',
    'Run an Ansible playbook against a single host',
    'RabbitMQ messages end up in the dead letter queue',
    'How do I write a Prometheus alert for high memory usage?',
    'Elasticsearch cluster health is yellow',
    'error[E0499]: cannot borrow as mutable more than once at a time in Rust',
    'How do I restart a systemd unit after it crashed?',
    'cut the first ten seconds off a video with ffmpeg',
    'merge two pandas dataframes on a common column',
    'How do I make a Docker image smaller with a multi-stage build?',
    'Which index speeds up an aggregation in MongoDB?',
    'Center a div with flexbox',
  ],
};
