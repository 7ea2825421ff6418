import type { WorkspaceHandle } from '@adjutant/core';
import { createAdjutantServer } from '@adjutant/mcp-server';
import { allMetrics } from '@adjutant/metrics';
import type { EvaluationLine } from './evaluation-line.ts';
import { askModel, type ModelPlace, modelPlace } from './model-client.ts';
import type { Label } from './signals/label.ts';
import { liveThrough } from './signals/live-through.ts';
import { connectTools } from './tool-client.ts';

const mostCalls = 8;
/** By then something of everything is planted. */
const days = 24;

/** What is asked, and the rules of which one planted finding has to be reached. */
const questions = [
  ['Which open pull request has nobody touched for weeks?', ['stale-pull-request']],
  ['Which open pull request waits for somebody to review it?', ['waiting-for-review']],
  ['Which work item is past the day on which it was due?', ['overdue-story']],
  ['What is stuck because somebody is blocked?', ['blocked-story', 'blocker-in-thread']],
] as const;

/** Lets a model find what is planted, with the tools alone; nothing without a key for one. */
export async function evaluateModel({
  seed = 101,
}: {
  seed?: number | undefined;
}): Promise<EvaluationLine[]> {
  const place = modelPlace(process.env);
  if (place === null) {
    console.log('  skipped: ADJUTANT_EVALS_MODEL_KEY, _MODEL and _MODEL_URL name no model');
    return [];
  }
  const lines: EvaluationLine[] = [];
  await liveThrough({
    seed,
    days,
    async look({ day, isMorning, now, adjutant, workspace, world }) {
      if (!isMorning || day < days - 1) return;
      const { viewer } = workspace;
      const sponsorPersonId = viewer.kind === 'person' ? viewer.personId : '';
      const agent = { kind: 'agent', name: 'evals', sponsorPersonId } as const;
      const asked = adjutant.workspace().as(agent);
      for (const [question, rules] of questions) {
        const labels = world.labels.filter((label) => isSo(label, rules, now));
        if (labels.length > 0) lines.push(await askOnce(place, asked, question, labels));
      }
    },
  });
  return lines;
}

function isSo(label: Label, rules: readonly string[], now: number): boolean {
  return (
    label.kind === 'firing' &&
    rules.includes(label.rule) &&
    label.mustBy <= now &&
    now < label.until
  );
}

async function askOnce(
  place: ModelPlace,
  workspace: WorkspaceHandle,
  question: string,
  labels: readonly Label[],
): Promise<EvaluationLine> {
  const server = createAdjutantServer({
    open: () => Promise.resolve(workspace),
    version: '0.0.0',
    metrics: allMetrics,
  });
  const client = await connectTools(server);
  try {
    const asked = {
      question: `${question} Answer with its key alone.`,
      tools: client.tools,
      mostCalls,
    };
    const { said, calls } = await askModel(place, asked, (name, input) => client.call(name, input));
    const isReached = labels.some(({ key }) => said.includes(key));
    return {
      title: question,
      found: `${isReached ? 'reached' : 'missed'} in ${calls.length} calls`,
      must: `reached in ${mostCalls} at most`,
      ok: isReached && calls.length <= mostCalls,
      details: isReached
        ? []
        : [`said ${JSON.stringify(said.slice(0, 200))}; called ${calls.join(', ')}`],
    };
  } finally {
    await server.close();
  }
}
