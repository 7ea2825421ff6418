import type { ReadContext } from '../reads/read-context.ts';
import { addFollowUp, removeFollowUp, setRole } from './change-incident.ts';
import type { Incidents } from './handle.ts';
import { listIncidents } from './list-incidents.ts';
import { readCourse } from './read-course.ts';

/** Returns what a handle offers of incidents. */
export function createIncidents(context: ReadContext): Incidents {
  return {
    list: (query = {}) => listIncidents(context, query),
    course: (id) => readCourse(context, id),
    setRole: (id, role, personId) => setRole(context, id, role, personId),
    addFollowUp: (id, followUp) => addFollowUp(context, id, followUp),
    removeFollowUp: (id, followUpId) => removeFollowUp(context, id, followUpId),
  };
}
