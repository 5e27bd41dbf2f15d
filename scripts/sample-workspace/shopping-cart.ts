export interface Item {
  readonly name: string;
  readonly price: number;
  readonly quantity: number;
}

/** The price of everything in the cart. */
export function total(items: readonly Item[]): number {
  return items.reduce((sum, item) => sum + item.price * item.quantity, 0);
}

/** The cart with one more of an item; new items go to the end. */
export function add(items: readonly Item[], item: Item): Item[] {
  if (!items.some(({ name }) => name === item.name)) return [...items, item];
  return items.map((other) =>
    other.name === item.name ? { ...other, quantity: other.quantity + item.quantity } : other,
  );
}

// Start typing below: export function remove(
