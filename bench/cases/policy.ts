import {
  compilePolicy,
  parsePolicy,
  policyActionTypes,
  type CompiledPolicy,
  type PolicyRequest,
} from '@adjutant/core';
import { policyFloor } from '../floors/policy-floor.ts';
import { type BenchLine, interleave } from '../measure.ts';

const evaluations = 200_000;
const rounds = 7;
const mostMicroseconds = 5;

const closures = `
actions:
  pr.merge: { risk: high, mode: require_approval }
  pr.label: { risk: low, mode: auto }
  pr.comment.summary: { risk: medium, mode: { base: auto, ask_if: [channel_public] } }
  issue.create.low: { risk: medium, mode: ask }
limits: { max_monthly_cost_usd: 200, max_channel_size_auto_post: 10, pii_redaction: strict }
`;
const expression = '!channel_public && cost_usd < 5 && target.startsWith("acme/")';

/** One evaluation of a policy, with its words, beside the same decision written out by hand. */
export async function benchPolicy(): Promise<BenchLine[]> {
  const summary = '{ base: auto, ask_if: [channel_public] }';
  const withExpression = closures.replace(`${summary} }`, `${summary}, when: '${expression}' }`);
  const named = await compiled(closures);
  const written = await compiled(withExpression);
  const requests = makeRequests();
  checkSame(named, requests);
  return [
    await line('named conditions', named, requests),
    await line(
      'a CEL expression as well',
      written,
      requests.filter(({ type }) => type === 'pr.comment.summary'),
    ),
  ];
}

async function compiled(text: string): Promise<CompiledPolicy> {
  const actionTypes = policyActionTypes();
  const { policy } = await parsePolicy(text, { fileName: 'bench', actionTypes });
  return compilePolicy(policy, actionTypes);
}

async function line(
  title: string,
  policy: CompiledPolicy,
  requests: readonly PolicyRequest[],
): Promise<BenchLine> {
  const pair = await interleave(
    rounds,
    () => repeat(requests, (request) => policy.evaluate(request).mode),
    () => repeat(requests, policyFloor),
  );
  const ours = (pair.oursMs * 1_000) / evaluations;
  const floor = (pair.floorMs * 1_000) / evaluations;
  return {
    title: `policy, one evaluation with ${title}`,
    ours: `${ours.toFixed(2)} µs`,
    floor: `${floor.toFixed(3)} µs`,
    ratio: pair.ratio,
    must: `under ${mostMicroseconds} µs`,
    ok: ours < mostMicroseconds,
  };
}

/** Counts, so that nothing is left out as unused. */
function repeat(
  requests: readonly PolicyRequest[],
  decide: (request: PolicyRequest) => string,
): number {
  let autos = 0;
  for (let at = 0; at < evaluations; at += 1) {
    const request = requests[at % requests.length];
    if (request !== undefined && decide(request) === 'auto') autos += 1;
  }
  if (autos === 0) throw new Error('No request was decided.');
  return autos;
}

/** The floor is one only while it decides the same. */
function checkSame(policy: CompiledPolicy, requests: readonly PolicyRequest[]): void {
  const differing = requests.filter(
    (request) => policy.evaluate(request).mode !== policyFloor(request),
  );
  if (differing.length > 0) throw new Error(`${differing.length} requests are decided otherwise.`);
}

function makeRequests(): PolicyRequest[] {
  const types = ['pr.merge', 'pr.label', 'pr.comment.summary', 'issue.create.low'];
  const risks = ['high', 'low', 'medium', 'medium'] as const;
  return Array.from({ length: 1_000 }, (_, at) => ({
    type: types[at % 4] ?? '',
    risk: risks[at % 4] ?? 'high',
    requesterKind: at % 5 === 0 ? 'agent' : 'person',
    targetRef: `acme/api#${at}`,
    source: 'github',
    payload: { repository: 'acme/api', number: at, labels: ['triage'] },
    conditions: {
      channel_public: at % 3 === 0,
      ...(at % 7 === 0 ? { channel_members: at % 20 } : {}),
    },
    costUsd: at % 11 === 0 ? 1 : 0,
    spentUsd: at % 13 === 0 ? 200 : 20,
    containsSensitiveText: at % 17 === 0,
  }));
}
