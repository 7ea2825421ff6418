import { z } from 'zod';
import { readPreview, writePreview } from '../actions/stored-preview.ts';
import { AdjutantError } from '../errors.ts';
import { replaceHidden } from '../hidden-characters.ts';
import type {
  ActionContext,
  ActionDefinition,
  AnyActionDefinition,
  ApprovedEffect,
  ExecuteResult,
  JsonObject,
  Preparation,
} from '../actions/define-action.ts';
import type { ConformanceCase } from './connector-conformance.ts';

const jsonObjectSchema = z.record(z.string(), z.json());

/** A target that stands by itself, made anew for each case. */
export interface ActionWorld {
  definition: AnyActionDefinition;
  context: ActionContext;
  /** One that can be carried out as the world stands. */
  payload: Readonly<Record<string, unknown>>;
  /** How many requests that could change something have reached the target so far. */
  writes: () => number;
  /** How many times the effect is there: comments with the text, merges, branches. */
  effects: () => number;
  close: () => Promise<void>;
}

/**
 * Returns the cases that every action handler must pass, for any test runner:
 * `for (const { name, run } of actionConformance(create)) test(name, run)`.
 */
export function actionConformance(create: () => Promise<ActionWorld>): ConformanceCase[] {
  const inWorld = (name: string, run: (trial: Trial) => Promise<void>): ConformanceCase => ({
    name,
    run: async () => {
      const world = await create();
      try {
        await run(trialOf(world));
      } finally {
        await world.close();
      }
    },
  });
  return [
    inWorld('takes its payload and no other key', strictPayload),
    inWorld('prepares the same twice, and writes nothing', steadyPreparation),
    inWorld('shows facts and recipients that cannot act', harmlessPreview),
    inWorld('tells of what cannot be seen in each text of its payload', seenPayload),
    inWorld('observes what it has bound', sameObservation),
    inWorld('has a probe where its class needs one', probeOfItsClass),
    inWorld('finds nothing before it was carried out', absentBefore),
    inWorld('finds its effect after it was carried out', appliedAfter),
    inWorld('has one effect when the answer was lost', oneEffect),
  ];
}

interface Trial {
  world: ActionWorld;
  definition: ActionDefinition<unknown>;
  payload: unknown;
  prepare: () => Promise<Preparation>;
  /** Carries out all steps in order; `onStep` may repeat one. */
  carryOut: (onStep?: (effect: ApprovedEffect<unknown>) => Promise<void>) => Promise<void>;
  effect: (
    preparation: Preparation,
    step?: number,
    previous?: JsonObject[],
  ) => ApprovedEffect<unknown>;
}

function trialOf(world: ActionWorld): Trial {
  // Its own schema has read the payload, so its type is what the handler takes.
  const definition = world.definition as unknown as ActionDefinition<unknown>;
  const payload = definition.inputSchema.parse(world.payload);
  const { context } = world;
  const prepare = async (): Promise<Preparation> => await definition.prepare(context, payload);
  const effect: Trial['effect'] = (preparation, step = 0, previous = []) => ({
    actionId: 'action-1',
    payload,
    preconditions: preparation.preconditions,
    target: preparation.target,
    effectKey: `action-1:${step}`,
    step,
    previousResults: previous,
  });
  return {
    world,
    definition,
    payload,
    prepare,
    effect,
    async carryOut(onStep) {
      const preparation = await prepare();
      const results: JsonObject[] = [];
      for (let step = 0; step < stepsOf(definition, payload); step += 1) {
        const wanted = effect(preparation, step, [...results]);
        const ended = await definition.execute(context, wanted);
        results.push(resultOf(ended));
        await onStep?.(wanted);
      }
    },
  };
}

function stepsOf(definition: ActionDefinition<unknown>, payload: unknown): number {
  return definition.steps?.(payload).length ?? 1;
}

function resultOf(ended: ExecuteResult): JsonObject {
  ensure(ended.outcome === 'applied', `it ended ${JSON.stringify(ended)}`);
  return ended.outcome === 'applied' ? ended.result : {};
}

async function strictPayload({ world, definition }: Trial): Promise<void> {
  const { inputSchema } = definition;
  ensure(inputSchema.safeParse(world.payload).success, 'its own example is refused');
  const more = { ...world.payload, notAKey: true };
  ensure(!inputSchema.safeParse(more).success, 'a key that it does not know is taken');
  ensure(!inputSchema.safeParse({}).success, 'an empty payload is taken');
  await Promise.resolve();
}

async function steadyPreparation({ world, prepare }: Trial): Promise<void> {
  const first = await prepare();
  const second = await prepare();
  ensure(JSON.stringify(first) === JSON.stringify(second), 'two preparations differ');
  ensure(world.writes() === 0, 'preparing has written');
}

async function harmlessPreview({ prepare }: Trial): Promise<void> {
  const { facts, recipients, target } = await prepare();
  ensure(facts.length > 0, 'there are no facts');
  ensure(recipients.length > 0, 'nobody is named whom it reaches');
  ensure(target.externalId !== '', 'the target has no id');
  for (const text of [...facts.flatMap(({ label, value }) => [label, value]), ...recipients]) {
    ensure(
      replaceHidden(text, () => '') === text,
      `a fact has characters that act: ${JSON.stringify(text)}`,
    );
    ensure(text.length <= 4_000, 'a fact is not bounded');
  }
}

const unseen = '\u200B\u{E0101}';

/** Returns a value once for each text in it, with characters in that text that nobody sees. */
function withUnseen(value: unknown): unknown[] {
  if (typeof value === 'string') return [`${value.slice(0, 1)}${unseen}${value.slice(1)}`];
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.flatMap((item, at) => withUnseen(item).map((one) => items.with(at, one)));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    withUnseen(member).map((one) => ({ ...value, [name]: one })),
  );
}

/** What is refused is not sent; what is taken is told of, and takes more than an ordinary yes. */
async function seenPayload({ world, definition }: Trial): Promise<void> {
  for (const variant of withUnseen(world.payload)) {
    const payload = definition.inputSchema.safeParse(variant);
    if (!payload.success) continue;
    const preparation = await prepared(definition, world.context, payload.data);
    if (preparation === null) continue;
    const peopleThen = { sponsor: [], editors: [], excluded: [] };
    const given = jsonObjectSchema.parse(payload.data);
    const around = { masked: null, outsideTexts: null, peopleThen, payload: given };
    const preview = readPreview(writePreview(preparation, around));
    const told = preview?.facts.map(({ value }) => value).join('\n') ?? '';
    const which = JSON.stringify(variant);
    ensure(/U\+200B/.test(told) && /U\+E0101/.test(told), `no fact tells what is unseen: ${which}`);
    ensure(
      replaceHidden(told.replaceAll('\n', ' '), () => '?') === told.replaceAll('\n', ' '),
      `a fact repeats it: ${which}`,
    );
    const isOwn = preparation.target.source === 'adjutant';
    ensure(isOwn || preview?.raisedRisk?.risk === 'high', `the risk is not raised: ${which}`);
  }
  ensure(world.writes() === 0, 'preparing has written');
}

async function prepared(
  definition: ActionDefinition<unknown>,
  context: ActionContext,
  payload: unknown,
): Promise<Preparation | null> {
  try {
    return await definition.prepare(context, payload);
  } catch (error) {
    if (AdjutantError.isInstance(error)) return null;
    throw error;
  }
}

async function sameObservation({ world, definition, payload, prepare }: Trial): Promise<void> {
  const { preconditions } = await prepare();
  const seen = await definition.observe(world.context, payload);
  ensure(sorted(seen) === sorted(preconditions), 'observing differs from what was bound');
  ensure(world.writes() === 0, 'observing has written');
}

async function probeOfItsClass({ definition }: Trial): Promise<void> {
  const has = definition.probe !== undefined;
  ensure(has === (definition.effectClass !== 'blind'), 'class and probe do not fit');
  await Promise.resolve();
}

async function absentBefore({ world, definition, prepare, effect }: Trial): Promise<void> {
  if (definition.probe === undefined) return;
  const found = await definition.probe(world.context, effect(await prepare()));
  ensure(found.outcome === 'absent', `it finds ${found.outcome}`);
}

async function appliedAfter({ world, definition, carryOut }: Trial): Promise<void> {
  await carryOut(async (effect) => {
    if (definition.probe === undefined) return;
    const found = await definition.probe(world.context, effect);
    ensure(found.outcome === 'applied', `step ${effect.step} is found ${found.outcome}`);
  });
  ensure(world.effects() === 1, `there are ${world.effects()} effects`);
}

/** A lost answer is followed by a probe; what is keyed may simply be sent again. */
async function oneEffect({ world, definition, carryOut }: Trial): Promise<void> {
  await carryOut(async (effect) => {
    if (definition.effectClass === 'keyed') {
      resultOf(await definition.execute(world.context, effect));
      return;
    }
    const found = await definition.probe?.(world.context, effect);
    if (found?.outcome === 'absent') await definition.execute(world.context, effect);
  });
  ensure(world.effects() === 1, `there are ${world.effects()} effects`);
}

function sorted(value: JsonObject): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function ensure(condition: boolean, message: string): void {
  if (!condition) throw new Error(`Conformance: ${message}.`);
}
