import type { CreateProject, Project, UpdateProject } from '../domain.ts';

/** Named sets of repositories, boards and services. */
export interface Projects {
  list(): Promise<Project[]>;
  /** @throws AdjutantError `NotFound` */
  get(idOrKey: string): Promise<Project>;
  /** @throws AdjutantError `InvalidInput`, naming the path, `Conflict` for a key in use, `Permission` */
  create(project: CreateProject): Promise<Project>;
  /** @throws AdjutantError `InvalidInput`, naming the path, `NotFound`, `Conflict`, `Permission` */
  update(idOrKey: string, changes: UpdateProject): Promise<Project>;
  /** Removes the project; what it named stays. @throws AdjutantError `NotFound`, `Permission` */
  delete(idOrKey: string): Promise<void>;
}
