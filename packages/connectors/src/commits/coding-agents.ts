/** A tool that writes changes, and the marks by which it is known. Everything in lower case. */
export interface CodingAgent {
  tool: string;
  /** Addresses that only the tool uses. Domains would not do: its makers have addresses there too. */
  emails: readonly string[];
  /** Logins of its accounts at hosting services. */
  logins: readonly string[];
  /** First words of the name by which it is called in a trailer that has no address. */
  names: readonly string[];
  /** Prefixes of the branches it makes. */
  branchPrefixes: readonly string[];
}

export const codingAgents: readonly CodingAgent[] = [
  {
    tool: 'claude',
    emails: ['noreply@anthropic.com', 'claude@anthropic.com'],
    logins: ['claude', 'claude[bot]', 'claude-code[bot]', 'claude-code-action[bot]'],
    names: ['claude'],
    branchPrefixes: ['claude/'],
  },
  {
    tool: 'copilot',
    emails: ['copilot@github.com', 'noreply@copilot.github.com'],
    logins: [
      'copilot',
      'copilot[bot]',
      'copilot-swe-agent',
      'copilot-swe-agent[bot]',
      'github-copilot[bot]',
      'github-copilot-cli[bot]',
    ],
    names: ['copilot', 'github copilot'],
    branchPrefixes: ['copilot/'],
  },
  {
    tool: 'cursor',
    emails: ['cursoragent@cursor.com'],
    logins: ['cursoragent', 'cursor[bot]', 'cursor-agent[bot]'],
    names: ['cursor'],
    branchPrefixes: ['cursor/'],
  },
  {
    tool: 'codex',
    emails: ['codex@openai.com', 'noreply@openai.com'],
    logins: ['openai-codex[bot]', 'codex[bot]', 'chatgpt-codex-connector[bot]'],
    names: ['codex', 'openai codex', 'chatgpt'],
    branchPrefixes: ['codex/'],
  },
  {
    tool: 'devin',
    emails: ['devin@cognition.ai'],
    logins: ['devin-ai-integration[bot]', 'devin-ai[bot]'],
    names: ['devin'],
    branchPrefixes: ['devin/'],
  },
  {
    tool: 'amp',
    emails: ['amp@ampcode.com', 'amp@sourcegraph.com'],
    logins: ['amp[bot]', 'ampcode[bot]'],
    names: ['amp'],
    branchPrefixes: ['amp/'],
  },
  {
    tool: 'jules',
    emails: ['jules@google.com'],
    logins: ['google-labs-jules', 'google-labs-jules[bot]'],
    names: ['jules', 'google jules'],
    branchPrefixes: ['jules/'],
  },
  {
    tool: 'gemini',
    emails: ['gemini-cli@google.com', 'gemini@google.com'],
    logins: ['gemini-cli[bot]', 'gemini-cli-robot', 'gemini-code-assist[bot]'],
    names: ['gemini', 'google gemini'],
    branchPrefixes: ['gemini/'],
  },
  {
    tool: 'aider',
    emails: ['noreply@aider.chat', 'aider@aider.chat'],
    logins: ['aider[bot]'],
    names: ['aider'],
    branchPrefixes: ['aider/'],
  },
  {
    tool: 'opencode',
    emails: ['noreply@opencode.ai'],
    logins: ['opencode-agent[bot]', 'opencode[bot]'],
    names: ['opencode'],
    branchPrefixes: ['opencode/'],
  },
  {
    tool: 'openhands',
    emails: ['openhands@all-hands.dev'],
    logins: ['openhands-agent', 'openhands-ai[bot]'],
    names: ['openhands'],
    branchPrefixes: ['openhands/'],
  },
  {
    tool: 'factory',
    emails: ['droid@factory.ai'],
    logins: ['factory-droid[bot]'],
    names: ['factory droid', 'droid'],
    branchPrefixes: ['droid/'],
  },
  {
    tool: 'windsurf',
    emails: ['cascade@windsurf.com', 'windsurf@codeium.com'],
    logins: ['windsurf-bot[bot]'],
    names: ['windsurf', 'cascade'],
    branchPrefixes: ['windsurf/'],
  },
  {
    tool: 'warp',
    emails: ['agent@warp.dev'],
    logins: ['warp-agent[bot]'],
    names: ['warp'],
    branchPrefixes: ['warp/'],
  },
];
