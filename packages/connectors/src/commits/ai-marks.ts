import type { AiEvidence } from '@adjutant/core/domain';
import { boundedText } from './text.ts';
import { agentOf } from './agents.ts';
import { codingAgents } from './coding-agents.ts';

export type AiMark = Pick<AiEvidence, 'class' | 'tool' | 'model' | 'origin' | 'confidence'>;

const maxModelLength = 100;
const declaredNone = /^(?:none|no|false|n\/a)\.?$/i;
const namedWithAddress = /^(.*?)\s*<([^<>]*)>/;
const hasVersion = /\d/;
const aiderName = /\(aider\)$/i;
const aiderModel = /^aider \(([^()]+)\)/i;

/** Keys that only ever tell of a tool; the others credit people as well. */
const toolKeys: ReadonlySet<string> = new Set([
  'generated-by',
  'generated-with',
  'made-with',
  'ai-assisted',
  'ai-assisted-by',
  'ai-generated',
]);

/**
 * Returns the marks of coding tools on a commit, the same mark once. A commit without one has no
 * mark: that is unknown, not "written by hand".
 */
export function readAiMarks(
  author: { name: string; email: string },
  trailers: readonly (readonly [key: string, value: string])[],
): AiMark[] {
  const marks = new Map<string, AiMark>();
  const add = (mark: AiMark | null): void => {
    if (mark === null) return;
    const key = `${mark.origin} ${mark.class} ${mark.tool}`;
    const present = marks.get(key);
    // The mark that names a model says more.
    if (present === undefined || (present.model === null && mark.model !== null))
      marks.set(key, mark);
  };
  add(readAuthor(author));
  for (const [key, value] of trailers) add(readTrailer(key, value));
  return [...marks.values()];
}

function readAuthor({ name, email }: { name: string; email: string }): AiMark | null {
  const agent = agentOf(email);
  if (agent !== null) {
    const { tool } = agent;
    return { class: 'agent_authored', tool, model: null, origin: 'author', confidence: 0.95 };
  }
  if (!aiderName.test(name)) return null;
  return { class: 'assisted', tool: 'aider', model: null, origin: 'author', confidence: 0.9 };
}

function readTrailer(key: string, value: string): AiMark | null {
  const assisted = (tool: string, model: string | null, confidence: number): AiMark => ({
    class: 'assisted',
    tool,
    model: model === null ? null : boundedText(model, maxModelLength),
    origin: 'trailer',
    confidence,
  });
  if (key === 'amp-thread-id') return assisted('amp', null, 0.9);
  if (key !== 'co-authored-by' && declaredNone.test(value)) {
    const none = { class: 'declared_none', tool: null, model: null, origin: 'trailer' } as const;
    return { ...none, confidence: 0.8 };
  }
  const [, name = '', email] = namedWithAddress.exec(value) ?? [];
  if (email !== undefined) {
    const agent = agentOf(email);
    return agent === null ? null : assisted(agent.tool, modelOf(name), 0.95);
  }
  if (key === 'co-authored-by') return null;
  return readNamedTool(key, value, assisted);
}

/** `Assisted-by: AGENT:MODEL [tools]`, or a tool's name alone. */
function readNamedTool(
  key: string,
  value: string,
  assisted: (tool: string, model: string | null, confidence: number) => AiMark,
): AiMark | null {
  const lower = value.toLowerCase().replace(/^\[/, '');
  const agent = codingAgents.find(({ names }) =>
    names.some((name) => lower.startsWith(name) && !/[a-z0-9]/.test(lower.charAt(name.length))),
  );
  const [, tool, model] = /^([^\s:]+):([^\s/][^\s]*)/.exec(value) ?? [];
  if (agent !== undefined) return assisted(agent.tool, model ?? modelOf(value), 0.9);
  if (tool !== undefined && key === 'assisted-by')
    return assisted(tool.toLowerCase(), model ?? null, 0.8);
  if (!toolKeys.has(key) || value.includes(' ') || value.includes('://')) return null;
  return assisted(boundedText(lower, 40), null, 0.6);
}

function modelOf(name: string): string | null {
  const model = aiderModel.exec(name)?.[1];
  if (model !== undefined) return model;
  return hasVersion.test(name) && name.length <= maxModelLength ? name : null;
}

const agentBranches = codingAgents.flatMap((agent) =>
  agent.branchPrefixes.map((prefix) => ({ prefix, agent })),
);

/** Returns the mark that a branch's name leaves on its pull request, or null. */
export function readBranchMark(branch: string | null): AiMark | null {
  if (branch === null) return null;
  const lower = branch.toLowerCase();
  const agent = agentBranches.find(({ prefix }) => lower.startsWith(prefix))?.agent;
  if (agent === undefined) return null;
  // A person may have named the branch so, or have gone on with it.
  return {
    class: 'agent_authored',
    tool: agent.tool,
    model: null,
    origin: 'branch',
    confidence: 0.6,
  };
}
