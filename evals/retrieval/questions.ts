/** A question, and the place that answers it: a heading that holds `heading`, or lines that hold `phrase`. */
export interface RetrievalQuestion {
  ask: string;
  /** The package and the file in it. */
  file: string;
  heading?: string;
  phrase?: string;
}

/** Asked as somebody asks who has not read the document. */
export const questions: readonly RetrievalQuestion[] = [
  {
    ask: 'How do I make an option mandatory in commander?',
    file: 'commander/Readme.md',
    heading: 'Required option',
  },
  {
    ask: 'commander option that takes several values',
    file: 'commander/Readme.md',
    heading: 'Variadic option',
  },
  {
    ask: 'How can I run code before every command of my program, like a hook?',
    file: 'commander/Readme.md',
    heading: 'Life cycle hooks',
  },
  {
    ask: 'How do I keep commander from calling process.exit in tests?',
    file: 'commander/Readme.md',
    heading: 'Override exit and output handling',
  },
  {
    ask: 'Can a subcommand live in its own executable file?',
    file: 'commander/Readme.md',
    heading: 'Stand-alone executable',
  },
  {
    ask: 'Show the help text when the user makes a mistake on the command line',
    file: 'commander/Readme.md',
    heading: 'Display help after errors',
  },
  {
    ask: 'What does a caret range such as ^1.2.3 allow?',
    file: 'semver/README.md',
    heading: 'Caret Ranges',
  },
  {
    ask: 'How do I turn a sloppy string like v2 into a valid version?',
    file: 'semver/README.md',
    heading: 'Coercion',
  },
  {
    ask: 'Are prerelease versions included when matching a range?',
    file: 'semver/README.md',
    heading: 'Prerelease Tags',
  },
  {
    ask: 'difference between tilde and hyphen ranges in versions',
    file: 'semver/README.md',
    heading: 'Ranges',
  },
  {
    ask: 'How can I wait until a file has been completely written before chokidar reports it?',
    file: 'chokidar/README.md',
    phrase: 'awaitWriteFinish',
  },
  {
    ask: 'Watching files over a network drive does not work, should I poll?',
    file: 'chokidar/README.md',
    phrase: 'usePolling',
  },
  {
    ask: 'EMFILE or ENOSPC errors when watching too many files',
    file: 'chokidar/README.md',
    heading: 'Troubleshooting',
  },
  {
    ask: 'match literal parentheses in a glob pattern with picomatch',
    file: 'picomatch/README.md',
    heading: 'Matching special characters as literals',
  },
  {
    ask: 'Which extended globs does picomatch support?',
    file: 'picomatch/README.md',
    heading: 'Extglobs',
  },
  {
    ask: 'How does picomatch differ from bash in what it matches?',
    file: 'picomatch/README.md',
    heading: 'Matching behavior vs. Bash',
  },
  {
    ask: 'run a cron job on the last friday of the month',
    file: 'croner/README.md',
    heading: 'Pattern',
  },
  {
    ask: 'croner: how do I stop or pause a scheduled job?',
    file: 'croner/README.md',
    heading: 'Control functions',
  },
  {
    ask: 'prevent overlapping runs of the same cron job',
    file: 'croner/README.md',
    phrase: 'protect',
  },
  {
    ask: 'How do I limit p-queue to a number of tasks per second?',
    file: 'p-queue/readme.md',
    phrase: 'intervalCap',
  },
  {
    ask: 'Wait until all promises in the queue have finished',
    file: 'p-queue/readme.md',
    heading: 'onIdle',
  },
  {
    ask: 'How are the timeouts between retries computed, with an exponential factor?',
    file: 'retry/README.md',
    heading: 'retry.timeouts',
  },
  {
    ask: 'Which error occurred most often over all attempts?',
    file: 'retry/README.md',
    heading: 'mainError',
  },
  {
    ask: 'What happens when the user cancels a prompt?',
    file: 'prompts/readme.md',
    heading: 'options.onCancel',
  },
  {
    ask: 'How can I inject answers for testing interactive prompts?',
    file: 'prompts/readme.md',
    heading: 'inject',
  },
  {
    ask: 'Ask a question only depending on an earlier answer',
    file: 'prompts/readme.md',
    heading: 'Dynamic Prompts',
  },
  {
    ask: 'path-to-regexp: build a URL path from parameters',
    file: 'path-to-regexp/Readme.md',
    heading: 'Compile',
  },
  {
    ask: 'How do I make a part of a route path optional?',
    file: 'path-to-regexp/Readme.md',
    heading: 'Optional',
  },
  {
    ask: 'Why is a question mark or plus in my path an error now?',
    file: 'path-to-regexp/Readme.md',
    heading: 'Unexpected `?` or `+`',
  },
  {
    ask: 'Can the lru cache store undefined?',
    file: 'lru-cache/README.md',
    heading: 'Storing Undefined Values',
  },
  {
    ask: 'How do I bound the storage so that the cache does not grow without limit?',
    file: 'lru-cache/README.md',
    heading: 'Storage Bounds Safety',
  },
  {
    ask: 'How do I switch debug output off for one namespace and on for all others?',
    file: 'debug/README.md',
    heading: 'Wildcards',
  },
  {
    ask: 'write debug logs to stdout instead of stderr',
    file: 'debug/README.md',
    heading: 'Output streams',
  },
  {
    ask: 'Which environment variables change how debug prints objects?',
    file: 'debug/README.md',
    heading: 'Environment Variables',
  },
  {
    ask: 'How do I allow only some origins, decided at run time from a database?',
    file: 'cors/README.md',
    heading: 'Dynamic',
  },
  {
    ask: 'Does CORS protect my API from people without permission?',
    file: 'cors/README.md',
    heading: 'Misconceptions',
  },
  {
    ask: 'answer preflight requests for a DELETE route',
    file: 'cors/README.md',
    heading: 'Pre-Flight',
  },
  {
    ask: 'Stop JavaScript in the browser from reading my cookie',
    file: 'cookie/README.md',
    heading: 'httpOnly',
  },
  {
    ask: 'What is the difference between lax and strict cookies?',
    file: 'cookie/README.md',
    heading: 'sameSite',
  },
  {
    ask: 'Why do I get a 413 error from the body parser?',
    file: 'body-parser/README.md',
    heading: 'request entity too large',
  },
  {
    ask: 'How does the body parser read URL-encoded form submissions with nested objects?',
    file: 'body-parser/README.md',
    heading: 'urlencoded',
  },
  {
    ask: 'verify the raw body of a request before it is parsed',
    file: 'body-parser/README.md',
    phrase: 'verify',
  },
  {
    ask: 'Are gitignore rules case-insensitive by default in the ignore package?',
    file: 'ignore/README.md',
    heading: 'ignorecase',
  },
  {
    ask: 'Why does ignore throw for paths that begin with ./ or ../?',
    file: 'ignore/README.md',
    heading: 'path.relative',
  },
  {
    ask: 'rate limit requests with a token reservoir that refills every minute',
    file: 'bottleneck/README.md',
    heading: 'Reservoir',
  },
  {
    ask: 'share one limiter between several servers through Redis',
    file: 'bottleneck/README.md',
    heading: 'Clustering',
  },
  {
    ask: 'How do I retry failed jobs in bottleneck?',
    file: 'bottleneck/README.md',
    heading: 'Retries',
  },
  { ask: 'give every user a limiter of their own', file: 'bottleneck/README.md', heading: 'Group' },
  {
    ask: 'How can I stop a benchmark with an AbortSignal?',
    file: 'tinybench/README.md',
    heading: 'Abort',
  },
  { ask: 'run benchmark tasks in parallel', file: 'tinybench/README.md', heading: 'Concurrency' },
  {
    ask: 'Why does my type assertion fail and what does the message mean?',
    file: 'expect-type/README.md',
    heading: 'Error messages',
  },
  {
    ask: 'Verify the signature of a GitHub webhook payload',
    file: '@octokit/webhooks/README.md',
    heading: 'webhooks.verify',
  },
  {
    ask: 'How do I handle errors thrown in webhook handlers?',
    file: '@octokit/webhooks/README.md',
    heading: 'onError',
  },
  {
    ask: 'Does the Slack client try again after it was rate limited?',
    file: '@slack/web-api/README.md',
    heading: 'Automatic retries',
  },
  {
    ask: 'iterate over all pages of a Slack list method',
    file: '@slack/web-api/README.md',
    heading: 'Pagination',
  },
  {
    ask: 'Which error codes does the Slack web client reject with?',
    file: '@slack/web-api/README.md',
    heading: 'Handle errors',
  },
  {
    ask: 'define my own macro in a CEL environment',
    file: '@marcbachmann/cel-js/README.md',
    heading: 'Custom macros',
  },
  {
    ask: 'Check the types of a CEL expression before it is evaluated',
    file: '@marcbachmann/cel-js/README.md',
    heading: 'Type Checking',
  },
  {
    ask: 'How do I serve static files with hono on node?',
    file: '@hono/node-server/README.md',
    heading: 'Serve Static',
  },
  {
    ask: 'get the IP address of the client in a hono app on node',
    file: '@hono/node-server/README.md',
    heading: 'ConnInfo',
  },
  {
    ask: 'listen on a unix socket instead of a port',
    file: '@hono/node-server/README.md',
    heading: 'UNIX domain socket',
  },
  {
    ask: 'How do I mock a response in an HTTP interceptor?',
    file: '@mswjs/interceptors/README.md',
    heading: 'Mocking responses',
  },
  {
    ask: 'apply several interceptors at once',
    file: '@mswjs/interceptors/README.md',
    heading: 'BatchInterceptor',
  },
  {
    ask: 'set default headers for all octokit requests',
    file: '@octokit/request/README.md',
    heading: 'defaults',
  },
  {
    ask: 'send a proxy agent along with octokit requests',
    file: '@octokit/request/README.md',
    heading: 'custom Agent',
  },
  {
    ask: 'How do I log in to Jira with an e-mail address and API token?',
    file: 'jira.js/README.md',
    heading: 'Email and API Token',
  },
  {
    ask: 'parse large TOML integers without losing precision',
    file: 'smol-toml/README.md',
    heading: 'BigInt',
  },
  {
    ask: 'How does TOML represent local dates in JavaScript?',
    file: 'smol-toml/README.md',
    heading: 'Date',
  },
  {
    ask: 'write a plugin for enhanced-resolve',
    file: 'enhanced-resolve/README.md',
    heading: 'Custom Plugin',
  },
  {
    ask: 'How do I estimate what a prompt costs in tokens and dollars?',
    file: 'gpt-tokenizer/README.md',
    heading: 'estimateCost',
  },
  {
    ask: 'Does a chat conversation fit into the token limit of the model?',
    file: 'gpt-tokenizer/README.md',
    heading: 'isWithinTokenLimit',
  },
  {
    ask: 'parse arrays in query strings with brackets or indices',
    file: 'qs/README.md',
    heading: 'Parsing Arrays',
  },
];

/** About nothing that these documents are about, in words some of which stand in them. */
export const offTopicQuestions: readonly string[] = [
  'How do I bake sourdough bread without a starter?',
  'What is the capital of France?',
  'Who won the football world cup in 1998?',
  'How tall is Mount Everest in metres?',
  'What should I feed a three month old kitten?',
  'When does the supermarket close on Sundays?',
  'How many vacation days do employees get per year?',
  'What is our policy on parental leave?',
  'Which bus goes from the airport to the city centre?',
  'How do I treat a sprained ankle?',
  'What were the causes of the first world war?',
  'Recommend a good restaurant near the office',
  'How do I roll back the payment service?',
  'Where is the runbook for the database failover of billing?',
  'What is the salary range of a senior designer?',
  'How do I change the winter tyres of a bicycle?',
  'Is there life on Mars?',
  'How do I tune a guitar to drop D?',
  'How do I configure a Kubernetes ingress?',
  'How do I vacuum a PostgreSQL table?',
  'How do I train a neural network with PyTorch?',
  'What is the airspeed velocity of an unladen swallow?',
  'How do I book a meeting room on the third floor?',
  'Who is on call this weekend?',
  'How do I reset the password of my laptop?',
  'What did the customer say about the invoice?',
];
