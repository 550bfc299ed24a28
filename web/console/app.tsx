/** Which page is shown at which address. */
import { useSyncExternalStore, type ReactNode } from "react";
import { Redirect, Route, Router, Switch } from "wouter";
import { BillPage } from "./bills/billPage";
import { BillsPage } from "./bills/billsPage";
import { Nothing } from "./parts/notice";
import { useWords } from "./parts/words";
import { RunPage } from "./runs/runPage";
import { RunsPage } from "./runs/runsPage";
import { session } from "./session";
import { Shell } from "./shell";
import { SignIn } from "./signIn";

export function App(): ReactNode {
  const { texts } = useWords();
  const signedIn = useSyncExternalStore(session.subscribe, session.get);
  if (!signedIn) return <SignIn />;
  return (
    <Router base="/console">
      <Shell signedIn={signedIn}>
        <Switch>
          <Route path="/bills" component={BillsPage} />
          <Route path="/bills/:id">{({ id }) => <BillPage key={id} id={id} />}</Route>
          <Route path="/runs" component={RunsPage} />
          <Route path="/runs/:id">{({ id }) => <RunPage key={id} id={id} />}</Route>
          <Route path="/">
            <Redirect to="/bills" replace />
          </Route>
          <Route>
            <Nothing said={texts.nowhere} />
          </Route>
        </Switch>
      </Shell>
    </Router>
  );
}
