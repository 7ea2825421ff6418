import { z } from 'zod';
import type { TwinHook, TwinHookDelivery } from '../data/hooks.ts';
import type { TwinRepository } from '../data/records.ts';
import { dateTime } from '../graphql/field-table.ts';
import type { HttpAnswer } from '../http/answer.ts';
import { notFoundAnswer, onRepository, paged, type RestRequest } from './request.ts';
import { below, change, type Route } from './route.ts';
import { onWrite, validationAnswer } from './writes/write-handler.ts';

const configSchema = z.strictObject({
  url: z.url().optional(),
  content_type: z.enum(['json', 'form']).optional(),
  insecure_ssl: z.union([z.enum(['0', '1']), z.number()]).optional(),
  secret: z.string().optional(),
});
const newHookSchema = z.strictObject({
  name: z.literal('web').optional(),
  config: configSchema,
  events: z.array(z.string()).optional(),
  active: z.boolean().optional(),
});
const changedHookSchema = newHookSchema.omit({ name: true }).partial();

const hooks = onRepository((request, found) => {
  const { slice, headers } = paged(request);
  return {
    status: 200,
    headers: headers(found.hooks.length),
    body: slice(found.hooks).map((hook) => hookOf(hook, found, request)),
  };
});

const createHook = onWrite(newHookSchema, ({ request, repository, body }) => {
  const { url } = body.config;
  if (url === undefined) return validationAnswer('url is missing');
  const events = body.events ?? ['push'];
  const overlaps = repository.hooks.some(
    (hook) => hook.url === url && hook.events.some((event) => events.includes(event)),
  );
  if (overlaps) return validationAnswer('Hook already exists on this repository');
  const hook = request.data.addHook(repository, { url, events, createdAt: request.now });
  applyConfig(hook, body.config);
  hook.active = body.active ?? true;
  return { status: 201, body: hookOf(hook, repository, request) };
});

const changeHook = onWrite(changedHookSchema, ({ request, repository, rest, body }) =>
  withHook(repository, rest[0], (hook) => {
    if (body.config !== undefined) applyConfig(hook, body.config);
    if (body.events !== undefined) hook.events = body.events;
    if (body.active !== undefined) hook.active = body.active;
    hook.updatedAt = request.now;
    return { status: 200, body: hookOf(hook, repository, request) };
  }),
);

const deliveries = onRepository((request, found, [id]) =>
  withHook(found, id, (hook) => {
    const size = Math.min(100, Number(request.query.get('per_page') ?? 30) || 30);
    const cursor = request.query.get('cursor');
    // A cursor names the delivery after which a page begins, so that new ones move nothing.
    const at =
      cursor === null ? -1 : hook.deliveries.findIndex(({ id: one }) => `v1_${one}` === cursor);
    const page = hook.deliveries.slice(at + 1, at + 1 + size);
    const last = page.at(-1);
    const hasMore = at + 1 + size < hook.deliveries.length && last !== undefined;
    const next = `${request.places.api}${request.path}?per_page=${size}&cursor=v1_${last?.id}`;
    return {
      status: 200,
      headers: hasMore ? { link: `<${next}>; rel="next"` } : {},
      body: page.map(deliveryOf),
    };
  }),
);

const attempt = onWrite(z.unknown(), ({ request, repository, rest }) =>
  withHook(repository, rest[0], (hook) => {
    const delivery = hook.deliveries.find(({ id }) => String(id) === rest[1]);
    if (delivery === undefined) return notFoundAnswer();
    request.data.repeatDelivery(hook, delivery, request.now);
    return { status: 202, body: {} };
  }),
);

function withHook(
  { hooks: all }: TwinRepository,
  id: string | undefined,
  handle: (hook: TwinHook) => HttpAnswer,
): HttpAnswer {
  const found = all.find((hook) => String(hook.id) === id);
  return found === undefined ? notFoundAnswer() : handle(found);
}

function applyConfig(hook: TwinHook, config: z.infer<typeof configSchema>): void {
  hook.url = config.url ?? hook.url;
  hook.contentType = config.content_type ?? hook.contentType;
  hook.insecureSsl = String(config.insecure_ssl ?? hook.insecureSsl);
  hook.secret = config.secret ?? hook.secret;
}

function hookOf(hook: TwinHook, { owner, name }: TwinRepository, { places }: RestRequest) {
  const url = `${places.api}/repos/${owner.login}/${name}/hooks/${hook.id}`;
  return {
    type: 'Repository',
    id: hook.id,
    name: 'web',
    active: hook.active,
    events: hook.events,
    config: {
      url: hook.url,
      content_type: hook.contentType,
      insecure_ssl: hook.insecureSsl,
      ...(hook.secret === null ? {} : { secret: '********' }),
    },
    created_at: dateTime(hook.createdAt),
    updated_at: dateTime(hook.updatedAt),
    url,
    deliveries_url: `${url}/deliveries`,
    last_response: { code: null, status: 'unused', message: null },
  };
}

function deliveryOf(delivery: TwinHookDelivery) {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: dateTime(delivery.deliveredAt),
    redelivery: delivery.redelivery,
    duration: 0.1,
    status: delivery.statusCode < 300 ? 'OK' : 'Invalid HTTP Response',
    status_code: delivery.statusCode,
    event: delivery.event,
    action: null,
    installation_id: null,
    repository_id: null,
  };
}

/** Hooks of a repository, and what they delivered. */
export const hookRoutes: readonly Route[] = [
  ...below('/hooks', hooks, 'repository_hooks=read'),
  ...below('/hooks/(\\d+)/deliveries', deliveries, 'repository_hooks=read'),
  change('POST', '/hooks', createHook, 'repository_hooks=write'),
  change('PATCH', '/hooks/(\\d+)', changeHook, 'repository_hooks=write'),
  change('POST', '/hooks/(\\d+)/deliveries/(\\d+)/attempts', attempt, 'repository_hooks=write'),
];
