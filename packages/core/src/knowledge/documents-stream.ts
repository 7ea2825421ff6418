/** The id that every connector gives its stream of documents. */
export const documentsStream = 'documents';
