import {
  type ActionContext,
  AdjutantError,
  type AnyActionDefinition,
  type ApprovedEffect,
  defineAction,
  type ExecuteResult,
  type JsonObject,
  type ProbeResult,
} from '@adjutant/core';
import { z } from 'zod';
import { listed, neutralText } from '../../writing/neutral-text.ts';
import { observed } from '../../writing/observed.ts';
import { outgoingLineSchema, outgoingTextSchema } from '../../writing/outgoing-text-schema.ts';
import { plain, warning } from '../../writing/preview-facts.ts';
import type { RestAccess } from '../../writing/rest-access.ts';
import type { JiraConfig } from '../config.ts';
import { createAccess, searchQuietPeriodMs } from '../writing/access.ts';
import { documentOfText } from '../writing/document-of-text.ts';
import { effectProperty, effectPropertyKey, isOfEffect } from '../writing/effect-property.ts';
import { credentialFacts } from '../../writing/credential-facts.ts';
import { issuePage, requireSelected } from '../writing/read-issue.ts';

const payloadSchema = z.strictObject({
  project: z.string().regex(/^[A-Z][A-Z0-9_]{0,254}$/, 'is the key of a project, such as PAY'),
  /** Name of the type of issue, as the project has it. */
  type: outgoingLineSchema(100),
  title: outgoingLineSchema(255),
  body: outgoingTextSchema(20_000).optional(),
});
type Payload = z.infer<typeof payloadSchema>;

const projectSchema = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string().nullish(),
  issueTypes: z.array(
    z.object({ id: z.string(), name: z.string(), subtask: z.boolean().nullish() }),
  ),
});

/** Opens an issue in a selected project, and finds it again by a property that nobody is shown. */
export function issueCreate(config: JiraConfig): AnyActionDefinition {
  const bound = async (access: RestAccess, payload: Payload): Promise<JsonObject> => {
    const { project, type } = await read(access, config, payload);
    return { projectId: project.id, key: project.key, typeId: type.id };
  };
  return defineAction<Payload>({
    id: 'issue.create',
    title: 'Open an issue',
    risk: 'medium',
    reversible: true,
    effectClass: 'probeable',
    inputSchema: payloadSchema,
    quietPeriodMs: searchQuietPeriodMs,
    async prepare(context, payload) {
      const access = createAccess(config, context);
      const { project, type } = await read(access, config, payload);
      const { title, body } = payload;
      return {
        target: { source: 'jira', externalId: project.id, ref: project.key, url: null },
        preconditions: await bound(access, payload),
        facts: [
          plain('Project', `${project.key}: ${neutralText(project.name ?? project.key, 100)}`),
          warning('Readable by', 'whoever may browse the project; Jira does not say who that is'),
          plain('Type', neutralText(type.name, 100)),
          plain('Title', neutralText(title, 300)),
          plain('Adds', 'a property that Jira does not show, by which the issue is found again'),
          ...(await credentialFacts(access)),
        ],
        recipients: [`whoever is told of new issues of ${project.key} (Jira does not say who)`],
        content: body === undefined ? title : `${title}\n\n${body}`,
        conditions: { channel_public: null, contains_command: null },
        excludedAccounts: [],
      };
    },
    observe: async (context, payload) =>
      await observed(async () => await bound(createAccess(config, context), payload)),
    execute: async (context, effect) =>
      await execute(createAccess(config, context), config, effect),
    probe: async (context, effect) =>
      await probe(context, createAccess(config, context), config, effect),
  });
}

async function read(access: RestAccess, config: JiraConfig, payload: Payload) {
  requireSelected(config, payload.project);
  const path = `/rest/api/3/project/${encodeURIComponent(payload.project)}`;
  const project = await access.read({ method: 'GET', path }, projectSchema, 'this project');
  if (project.key !== payload.project) {
    throw new AdjutantError('InvalidInput', `The project is called ${project.key} now.`, {
      source: 'jira',
      hint: 'Propose it with the new key.',
    });
  }
  const types = project.issueTypes.filter(({ subtask }) => subtask !== true);
  const type = types.find(({ name }) => name.toLowerCase() === payload.type.toLowerCase());
  if (type !== undefined) return { project, type };
  throw new AdjutantError('InvalidInput', `${project.key} has no such type of issue.`, {
    source: 'jira',
    hint: `It has: ${listed(types.map(({ name }) => name))}.`,
  });
}

const boundSchema = z.object({ projectId: z.string(), typeId: z.string() });
const createdSchema = z.object({ id: z.string(), key: z.string() });

async function execute(
  access: RestAccess,
  config: JiraConfig,
  { payload, preconditions, effectKey }: ApprovedEffect<Payload>,
): Promise<ExecuteResult> {
  const { projectId, typeId } = boundSchema.parse(preconditions);
  const { title, body } = payload;
  const sent = await access.send({
    method: 'POST',
    path: '/rest/api/3/issue',
    body: {
      fields: {
        project: { id: projectId },
        issuetype: { id: typeId },
        summary: title,
        ...(body === undefined ? {} : { description: documentOfText(body) }),
      },
      properties: [effectProperty(effectKey)],
    },
  });
  if (!sent.ok) return sent.result;
  const { id, key } = createdSchema.parse(sent.data);
  return { outcome: 'applied', result: { issueId: id, key, url: issuePage(config, key) } };
}

const foundSchema = z.object({
  issues: z.array(z.object({ id: z.string(), key: z.string() })),
  nextPageToken: z.string().nullish(),
});
const propertySchema = z.object({ value: z.unknown() });
const mostLookedAt = 100;
const mostPages = 10;
/** Longer than an approval lasts, so that an issue of ours cannot be older. */
const oldestMs = 30 * 86_400_000;

/**
 * Looks as the account that wrote, at all that it has opened lately, whatever others have made of the
 * title since. Searching lags behind; by the time that this is asked, the quiet period is over.
 */
async function probe(
  { clock }: ActionContext,
  access: RestAccess,
  config: JiraConfig,
  { preconditions, effectKey }: ApprovedEffect<Payload>,
): Promise<ProbeResult> {
  const { projectId } = boundSchema.parse(preconditions);
  const createdFrom = clock.now() - oldestMs;
  const jql = `project in (${projectId}) AND creator = currentUser() AND created >= ${createdFrom} ORDER BY created DESC`;
  const seen = new Set<string>();
  let nextPageToken: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const found: z.infer<typeof foundSchema> = await access.readAsWriter(
      {
        method: 'POST',
        path: '/rest/api/3/search/jql',
        body: {
          jql,
          fields: ['summary'],
          maxResults: mostLookedAt,
          ...(nextPageToken === null ? {} : { nextPageToken }),
        },
      },
      foundSchema,
      'new issues',
    );
    const news = found.issues.filter(({ id }) => !seen.has(id));
    for (const { id, key } of news) {
      if (seen.size >= mostLookedAt) return tooMany;
      seen.add(id);
      if (await isOurs(access, id, effectKey)) {
        return { outcome: 'applied', result: { issueId: id, key, url: issuePage(config, key) } };
      }
    }
    // A page may be short, even empty, and yet not be the last.
    const { nextPageToken: next = null } = found;
    if (next === null) return { outcome: 'absent' };
    if (next === nextPageToken) {
      return { outcome: 'unclear', reason: 'The search for new issues led in a circle.' };
    }
    nextPageToken = next;
  }
  return tooMany;
}

const tooMany: ProbeResult = {
  outcome: 'unclear',
  reason: 'More issues were opened since than are looked through.',
};

async function isOurs(access: RestAccess, id: string, effectKey: string): Promise<boolean> {
  const path = `/rest/api/3/issue/${encodeURIComponent(id)}/properties/${effectPropertyKey}`;
  const value = await access
    .readAsWriter({ method: 'GET', path }, propertySchema, 'this property')
    .then((property) => property.value)
    .catch(absentAsNull);
  return isOfEffect(value, effectKey);
}

function absentAsNull(error: unknown): null {
  if (AdjutantError.isInstance(error) && error.code === 'NotFound') return null;
  throw error;
}
