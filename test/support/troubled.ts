import type { BoundDesk, Estate, Hand, Provider } from "@leasehold/app/world";
import { denied, unavailable } from "@leasehold/core/kernel";

/** What goes wrong in a story, by the connector's id; it may change while the story goes on. */
export interface Troubles {
  readonly down: Set<string>; // answers nothing; `slack/grace@example.com`: not to her
  readonly refuses: Set<string>; // our role there has lost its rights: whatever is looked at or done
  readonly dies: Set<string>; // its next act is done, and then we are killed before it is written down
  readonly observes: Set<string>; // its mode is observe, whatever the configuration says
  readonly asks: Set<string>; // its mode is ask, where the configuration says nothing
}

export const noTroubles = (): Troubles => ({
  down: new Set(),
  refuses: new Set(),
  dies: new Set(),
  observes: new Set(),
  asks: new Set(),
});

/** The same estate with its troubles. */
export function troubled(estate: Estate, troubles: Troubles): Estate {
  const providers = estate.providers().map(
    (provider): Provider => ({
      ...provider,
      get mode() {
        if (troubles.observes.has(provider.id)) return "observe";
        return troubles.asks.has(provider.id) ? "ask" : provider.mode;
      },
      hands: provider.hands.map((hand) => killedAfter(hand, provider.id, troubles)),
      desk: provider.desk && mayBeDown(provider.desk, troubles),
    }),
  );
  return { providers: () => providers, provider: (id) => providers.find((one) => one.id === id) };
}

function killedAfter(hand: Hand, id: string, { dies, refuses }: Troubles): Hand {
  const see = () => {
    if (refuses.has(id)) throw denied(id, hand.permissions[0] ?? "");
  };
  return {
    ...hand,
    see: async (target) => {
      see();
      return hand.see(target);
    },
    plan: async (target) => {
      see();
      return hand.plan(target);
    },
    verify: async (receipt) => {
      see();
      return hand.verify(receipt);
    },
    apply: async (plan) => {
      see();
      const receipt = await hand.apply(plan);
      if (dies.delete(id)) throw new Error("killed between the act and its receipt");
      return receipt;
    },
  };
}

function mayBeDown(desk: BoundDesk, { down }: Troubles): BoundDesk {
  const see = (email = "") => {
    if (down.has(desk.id) || down.has(`${desk.id}/${email}`)) throw unavailable(desk.id);
  };
  return {
    ...desk,
    ask: async (message) => {
      see(message.to.email);
      return desk.ask(message);
    },
    edit: async (ticket, message) => {
      see(message.to.email);
      return desk.edit(ticket, message);
    },
    withdraw: async (...args) => {
      see();
      return desk.withdraw(...args);
    },
  };
}
