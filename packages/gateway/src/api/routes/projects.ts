import { createProjectSchema, projectSchema, updateProjectSchema } from '@adjutant/core/domain';
import { z } from 'zod';
import { type AnyRoute, defineRoute } from '../define-route.ts';

const path = '/v1/projects';
const parameters = z.object({ id: z.string().min(1).max(100).describe('Its id or its key.') });
const read = { role: 'member', scope: 'read', agents: true } as const;
const write = { role: 'lead', scope: 'write', agents: false } as const;

/** Named sets of repositories, boards and services. */
export const projectRoutes: readonly AnyRoute[] = [
  defineRoute({
    id: 'projects.list',
    method: 'GET',
    path,
    summary: 'Returns all projects.',
    access: read,
    status: 200,
    answer: z.object({ items: z.array(projectSchema) }),
    handle: async ({ handle }) => ({ items: await handle.projects.list() }),
  }),
  defineRoute({
    id: 'projects.create',
    method: 'POST',
    path,
    summary: 'Creates a project; a key in use is refused with 409.',
    access: write,
    body: createProjectSchema,
    status: 201,
    answer: projectSchema,
    handle: ({ handle, body }) => handle.projects.create(body),
  }),
  defineRoute({
    id: 'projects.get',
    method: 'GET',
    path: `${path}/{id}`,
    summary: 'Returns one project, by id or key.',
    access: read,
    parameters,
    status: 200,
    answer: projectSchema,
    handle: ({ handle, parameters: { id } }) => handle.projects.get(id),
  }),
  defineRoute({
    id: 'projects.replace',
    method: 'PUT',
    path: `${path}/{id}`,
    summary: 'Gives a project all of its fields anew.',
    access: write,
    parameters,
    body: createProjectSchema,
    status: 200,
    answer: projectSchema,
    handle: ({ handle, parameters: { id }, body }) => handle.projects.update(id, body),
  }),
  defineRoute({
    id: 'projects.update',
    method: 'PATCH',
    path: `${path}/{id}`,
    summary: 'Changes the fields of a project that are given.',
    access: write,
    parameters,
    body: updateProjectSchema,
    status: 200,
    answer: projectSchema,
    handle: ({ handle, parameters: { id }, body }) => handle.projects.update(id, body),
  }),
  defineRoute({
    id: 'projects.delete',
    method: 'DELETE',
    path: `${path}/{id}`,
    summary: 'Removes a project; what it named stays.',
    access: write,
    parameters,
    status: 204,
    answer: null,
    handle: ({ handle, parameters: { id } }) => handle.projects.delete(id),
  }),
];
