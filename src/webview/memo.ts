import { Component, type ComponentChild, type ComponentClass, createElement, type FunctionComponent } from 'preact';

/** Draws `view` again only when one of its props is another value than before. */
export function memo<Props extends object>(view: FunctionComponent<Props>): ComponentClass<Props> {
  return class extends Component<Props, object> {
    override shouldComponentUpdate(next: Readonly<Props>): boolean {
      // Asked very often: no lists of names are made.
      for (const name in next) if (!Object.is(next[name], this.props[name])) return true;
      for (const name in this.props) if (!(name in next)) return true;
      return false;
    }

    override render(props: Props): ComponentChild {
      return createElement(view, props);
    }
  };
}
