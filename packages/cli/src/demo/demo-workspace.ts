/** The one made-up workspace in which high risk, and who is who, take no proof of presence. */
export const demoWorkspaceId = 'default';
