import { z } from 'zod';
import { externalIdSchema, instantSchema, sourceSchema } from './primitives.ts';

/** Something of a source that belongs to a project: a repository, a board. */
export const projectPartSchema = z.strictObject({
  source: sourceSchema,
  externalId: externalIdSchema,
});
export type ProjectPart = z.infer<typeof projectPartSchema>;

const key = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9_-]{0,49}$/,
    'must begin with a letter and hold only A-Z, 0-9, _ and -',
  );
const name = z.string().trim().min(1).max(200);
const parts = z.array(projectPartSchema).max(1_000);
const services = z.array(z.string().min(1).max(200)).max(1_000);

export const createProjectSchema = z.strictObject({
  key,
  name,
  repositories: parts.default([]),
  boards: parts.default([]),
  /** Keys of services. */
  services: services.default([]),
});
export type CreateProject = z.input<typeof createProjectSchema>;

/** What is given takes the place of what is there; what is left out stays. */
export const updateProjectSchema = z
  .strictObject({ key, name, repositories: parts, boards: parts, services })
  .partial()
  .refine((fields) => Object.keys(fields).length > 0, 'must change something');
export type UpdateProject = z.input<typeof updateProjectSchema>;

/** A named set of repositories, boards and services. */
export const projectSchema = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
  repositories: z.array(projectPartSchema),
  boards: z.array(projectPartSchema),
  services: z.array(z.string()),
});
export type Project = z.infer<typeof projectSchema>;
