// One line for each folder, in order. The line is lazy: a Lambda loads only the connector it needs.
export const connectors = {} as const;

export type ConnectorId = keyof typeof connectors;
