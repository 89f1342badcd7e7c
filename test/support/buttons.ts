type Blocks = { readonly blocks: readonly object[] } | undefined;
interface Actions {
  readonly block_id: string;
  readonly elements?: readonly { readonly action_id: string }[];
}

/** What can be pressed in a message: each item with its answers. */
export const buttonsIn = (message: Blocks) =>
  ((message?.blocks ?? []) as readonly Actions[]).flatMap(({ block_id, elements }) =>
    elements === undefined
      ? []
      : [
          {
            item: block_id.split(":").at(-1),
            choices: elements.map(({ action_id }) => action_id.replace("leasehold.", "")),
          },
        ],
  );
