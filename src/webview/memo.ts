import { Component, type ComponentChild, type ComponentClass, createElement, type FunctionComponent } from 'preact';

/** Draws `view` again only when one of its props is another value than before. */
export function memo<Props extends object>(view: FunctionComponent<Props>): ComponentClass<Props> {
  return class extends Component<Props, object> {
    override shouldComponentUpdate(next: Readonly<Props>): boolean {
      const names = new Set([...Object.keys(next), ...Object.keys(this.props)]) as Set<keyof Props>;
      return [...names].some((name) => !Object.is(next[name], this.props[name]));
    }

    override render(props: Props): ComponentChild {
      return createElement(view, props);
    }
  };
}
