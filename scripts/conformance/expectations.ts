interface Expectation {
  status: 'FAILURE' | 'WARNING';
  reason: string;
}

/**
 * What fails and must fail, by scenario or by `scenario:check`. One that passes fails the run as
 * surely as a new failure does: then it has to go from here.
 */
export type Expectations = Readonly<Record<string, Expectation>>;

function fails(reason: string): Expectation {
  return { status: 'FAILURE', reason };
}

const needsSession = fails('a server of that era asks its client in a session; there is none');
const notOurTool = fails('calls a diagnostic tool of the suite, which only the fixture has');

/** The fixture, which has everything that the suite asks for, per revision. */
export const fixtureExpectations: Readonly<Record<string, Expectations>> = {
  '2025-11-25': {
    'tools-call-sampling': needsSession,
    'tools-call-elicitation': needsSession,
    'elicitation-sep1034-defaults': needsSession,
    'elicitation-sep1330-enums': needsSession,
    'server-sse-multiple-streams:server-sse-multiple-streams-session': {
      status: 'WARNING',
      reason: 'there is no session to open streams in',
    },
  },
  '2026-07-28': {},
};

/** The server with its real tools and nothing else. */
export const realExpectations: Expectations = {
  'server-stateless:sep-2575-server-rejects-undeclared-capability': notOurTool,
  'server-stateless:sep-2575-missing-capability-http-400': notOurTool,
  'server-stateless:sep-2575-http-server-no-independent-requests-on-stream': notOurTool,
  'server-stateless:sep-2575-server-no-log-without-loglevel': notOurTool,
};

/** What can be asked of any server, per revision. */
export const genericScenarios: Readonly<Record<string, readonly string[]>> = {
  '2025-11-25': ['server-initialize', 'ping', 'tools-list', 'dns-rebinding-protection'],
  '2026-07-28': [
    'server-stateless',
    'tools-list',
    'http-header-validation',
    'caching',
    'sep-2164-resource-not-found',
    'dns-rebinding-protection',
  ],
};
