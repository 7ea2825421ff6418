import { and, eq, ne, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import {
  type CreateProject,
  createProjectSchema,
  type Project,
  type UpdateProject,
  updateProjectSchema,
  viewerLabel,
} from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { parseInput } from '../parse-input.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { dataWithoutSecrets, refuseSecret } from '../redaction/secrets-only.ts';
import { requireLead } from '../require-lead.ts';
import type { Database } from '../store/database.ts';
import { createIdentifier } from '../store/identifier.ts';
import { queryPreparedRow } from '../store/prepared-query.ts';
import { tables } from '../store/tables.ts';
import type { Projects } from './handle.ts';

const { projectDefinitions, projectParts } = tables;
const decides = 'says what a project is';

/** Returns the projects of one workspace, for its viewer. */
export function createProjects(context: ReadContext): Projects {
  const { store, workspaceId } = context;
  return {
    list: () => loadAll(store.read, workspaceId),
    get: (idOrKey) => load(store.read, workspaceId, idOrKey),
    create: (project) => createProject(context, project),
    update: (idOrKey, changes) => updateProject(context, idOrKey, changes),
    delete: (idOrKey) => deleteProject(context, idOrKey),
  };
}

type Parts = Pick<Project, 'repositories' | 'boards' | 'services'>;

async function createProject(context: ReadContext, input: CreateProject): Promise<Project> {
  requireLead(context.viewer, decides);
  const { workspaceId, clock } = context;
  const { key, ...words } = parseInput(createProjectSchema, input);
  refuseSecret('key', key);
  const { name, ...parts } = dataWithoutSecrets(words);
  const id = createIdentifier();
  const now = clock.now();
  return context.store.transaction(async (transaction) => {
    await refuseTakenKey(transaction, workspaceId, key, id);
    await transaction
      .insert(projectDefinitions)
      .values({ id, workspaceId, key, name, createdAt: now, updatedAt: now });
    await writeParts(transaction, workspaceId, id, parts);
    await audit(transaction, context, 'project.created', id, { key });
    return load(transaction, workspaceId, id);
  });
}

async function updateProject(
  context: ReadContext,
  idOrKey: string,
  input: UpdateProject,
): Promise<Project> {
  requireLead(context.viewer, decides);
  const { workspaceId, clock } = context;
  const { key, ...words } = parseInput(updateProjectSchema, input);
  refuseSecret('key', key ?? '');
  const { name, ...parts } = dataWithoutSecrets(words);
  return context.store.transaction(async (transaction) => {
    const present = await load(transaction, workspaceId, idOrKey);
    if (key !== undefined) await refuseTakenKey(transaction, workspaceId, key, present.id);
    await transaction
      .update(projectDefinitions)
      .set({
        key: key ?? present.key,
        name: name ?? present.name,
        updatedAt: clock.now(),
      })
      .where(keyOf(workspaceId, present.id));
    const { repositories, boards, services } = present;
    const wanted: Parts = {
      repositories: parts.repositories ?? repositories,
      boards: parts.boards ?? boards,
      services: parts.services ?? services,
    };
    await writeParts(transaction, workspaceId, present.id, wanted);
    await audit(transaction, context, 'project.updated', present.id, {
      changed: Object.keys(input),
    });
    return load(transaction, workspaceId, present.id);
  });
}

async function deleteProject(context: ReadContext, idOrKey: string): Promise<void> {
  requireLead(context.viewer, decides);
  const { workspaceId } = context;
  await context.store.transaction(async (transaction) => {
    const { id, key } = await load(transaction, workspaceId, idOrKey);
    await removeParts(transaction, workspaceId, id);
    await transaction.delete(projectDefinitions).where(keyOf(workspaceId, id));
    await audit(transaction, context, 'project.deleted', id, { key });
  });
}

function keyOf(workspaceId: string, id: string): SQL | undefined {
  return and(eq(projectDefinitions.workspaceId, workspaceId), eq(projectDefinitions.id, id));
}

const partRowSchema = z.tuple([z.enum(['repository', 'board', 'service']), z.string(), z.string()]);
const projectFields = [z.string(), z.string(), z.string(), z.number(), z.number()] as const;
const projectsSchema = z.array(z.tuple([...projectFields, z.array(partRowSchema)]));
const namedSchema = z.tuple([...projectFields, z.string()]);
const partsSchema = z.array(partRowSchema);

/** Returns all projects: one statement brings them and their parts, as one value. */
async function loadAll(database: Database, workspaceId: string): Promise<Project[]> {
  const row = await queryPreparedRow(database, 'projects', allQuery, { workspaceId });
  const [text] = row ?? [];
  return projectsSchema.parse(JSON.parse(typeof text === 'string' ? text : '[]')).map(toProject);
}

/** @throws AdjutantError `NotFound` */
async function load(database: Database, workspaceId: string, named: string): Promise<Project> {
  const row = await queryPreparedRow(database, 'project', namedQuery, { workspaceId, named });
  if (row === undefined) {
    throw new AdjutantError('NotFound', 'There is no project with that id or key here.');
  }
  const [id, key, name, createdAt, updatedAt, parts] = namedSchema.parse(row);
  return toProject([id, key, name, createdAt, updatedAt, partsSchema.parse(JSON.parse(parts))]);
}

function toProject([id, key, name, createdAt, updatedAt, parts]: z.infer<
  typeof projectsSchema
>[number]): Project {
  const ofKind = (wanted: 'repository' | 'board') =>
    parts.flatMap(([kind, source, externalId]) =>
      kind === wanted ? [{ source, externalId }] : [],
    );
  const services = parts.flatMap(([kind, , service]) => (kind === 'service' ? [service] : []));
  const [repositories, boards] = [ofKind('repository'), ofKind('board')];
  return { id, key, name, createdAt, updatedAt, repositories, boards, services };
}

const partsOfProject = sql`(select json_group_array(json_array(o.kind, o.source, o.external_id))
  from (select kind, source, external_id from project_parts
    where workspace_id = d.workspace_id and project_id = d.id
    order by source, external_id) o)`;

function allQuery() {
  const project = sql`json_array(d.id, d.key, d.name, d.created_at, d.updated_at, json(${partsOfProject}))`;
  const from = sql`(select * from project_definitions
    where workspace_id = ${sql.placeholder('workspaceId')} order by key) d`;
  return { columns: { all: sql`json_group_array(${project})` }, from };
}

function namedQuery() {
  const columns = {
    id: sql`d.id`,
    key: sql`d.key`,
    name: sql`d.name`,
    createdAt: sql`d.created_at`,
    updatedAt: sql`d.updated_at`,
    parts: partsOfProject,
  };
  const named = sql.placeholder('named');
  const from = sql`project_definitions d
    where d.workspace_id = ${sql.placeholder('workspaceId')} and (d.id = ${named} or d.key = ${named})`;
  return { columns, from };
}

async function refuseTakenKey(
  transaction: Database,
  workspaceId: string,
  key: string,
  ownId: string,
): Promise<void> {
  const [taken] = await transaction
    .select({ id: projectDefinitions.id })
    .from(projectDefinitions)
    .where(
      and(
        eq(projectDefinitions.workspaceId, workspaceId),
        eq(projectDefinitions.key, key),
        ne(projectDefinitions.id, ownId),
      ),
    );
  if (taken === undefined) return;
  throw new AdjutantError('Conflict', `key: there is a project ${key} already.`, {
    hint: 'Choose another key, or change that project.',
  });
}

async function writeParts(
  transaction: Database,
  workspaceId: string,
  projectId: string,
  { repositories, boards, services }: Parts,
): Promise<void> {
  await removeParts(transaction, workspaceId, projectId);
  const rows = [
    ...repositories.map((part) => ({ kind: 'repository' as const, ...part })),
    ...boards.map((part) => ({ kind: 'board' as const, ...part })),
    ...services.map((externalId) => ({ kind: 'service' as const, source: '', externalId })),
  ];
  for (const row of rows) {
    await transaction
      .insert(projectParts)
      .values({ workspaceId, projectId, ...row })
      .onConflictDoNothing();
  }
}

async function removeParts(
  transaction: Database,
  workspaceId: string,
  projectId: string,
): Promise<void> {
  await transaction
    .delete(projectParts)
    .where(and(eq(projectParts.workspaceId, workspaceId), eq(projectParts.projectId, projectId)));
}

async function audit(
  transaction: Database,
  context: ReadContext,
  event: string,
  subject: string,
  detail: Record<string, unknown>,
): Promise<void> {
  const { workspaceId, clock, viewer } = context;
  const actor = viewerLabel(viewer);
  await appendAuditEntry(transaction, {
    workspaceId,
    at: clock.now(),
    actor,
    event,
    subject,
    detail,
  });
}
