import { z } from 'zod';
import {
  actorOf,
  digestOf,
  readPayload,
  type SlackActor,
  slackIdSchema as id,
} from './request-form.ts';

const valueSchema = z.union([
  z.object({ value: z.string().max(10_000).nullable() }).transform(({ value }) => value),
  z
    .object({ selected_option: z.object({ value: z.string().max(200) }).nullable() })
    .transform(({ selected_option: option }) => option?.value ?? null),
  z
    .object({ selected_options: z.array(z.object({ value: z.string().max(200) })).max(20) })
    .transform(({ selected_options: options }) =>
      options.length === 0 ? null : options.map(({ value }) => value).join(' '),
    ),
]);

const submissionSchema = z.object({
  type: z.literal('view_submission'),
  user: z.object({ id, team_id: id.nullish().catch(null) }),
  team: z.object({ id }).nullish().catch(null),
  view: z.object({
    id,
    hash: z.string().max(200).catch(''),
    callback_id: z.string().min(1).max(255),
    private_metadata: z.string().max(3_000).catch(''),
    state: z.object({
      values: z.record(z.string().max(255), z.record(z.string().max(255), z.unknown())),
    }),
  }),
});

/** Somebody sent a form that this app opened before them. */
export interface SlackSubmission {
  /** The same for the same form as it stood, however often it is sent. */
  submissionId: string;
  actor: SlackActor;
  viewId: string;
  callbackId: string;
  metadata: string;
  /** What was written or chosen, by the block that it stands in; null for what is empty. */
  values: ReadonlyMap<string, string | null>;
}

/** Returns the form that a request tells of; null for everything else, however it is made. */
export function readSubmission(body: Uint8Array): SlackSubmission | null {
  const read = submissionSchema.safeParse(readPayload(body)).data;
  const teamId = read?.user.team_id ?? read?.team?.id ?? null;
  if (read === undefined || teamId === null) return null;
  const { user, view } = read;
  const values = new Map<string, string | null>();
  for (const [blockId, elements] of Object.entries(view.state.values)) {
    const [element] = Object.values(elements);
    values.set(blockId, valueSchema.safeParse(element).data ?? null);
  }
  const actor = actorOf(teamId, user.id);
  return {
    submissionId: digestOf([actor.vendorId, view.id, view.hash]),
    actor,
    viewId: view.id,
    callbackId: view.callback_id,
    metadata: view.private_metadata,
    values,
  };
}
