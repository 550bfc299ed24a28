"""`hatif chat`: a conversation from a terminal, through the same gateway as the widget."""

import asyncio
import json
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.prompt import Prompt

from backend.cli.gateway_client import Closed, GatewayClient, Unreachable
from backend.cli.terminal import HOME, PORT, HomeOption, PortOption, fail, out, product_url

app = typer.Typer()


@app.command()
def chat(
    say: Annotated[str | None, typer.Option(help="Say this, print the replies as JSON lines, and end.")] = None,
    conversation: Annotated[
        str | None, typer.Option(help="Go on in this conversation: its id, or a name of your own choice.")
    ] = None,
    language: Annotated[Literal["ar", "en"] | None, typer.Option(help="The language to begin in.")] = None,
    home: HomeOption = HOME,
    port: PortOption = PORT,
) -> None:
    """Talk to the assistant. Without --say it is interactive; a button is pressed by its number or its title."""
    client = GatewayClient(product_url(home, port), Path(home) / "chat", name=conversation, language=language)
    try:
        asyncio.run(_say(client, say) if say is not None else _talk(client))
    except (Unreachable, Closed) as reason:
        raise fail(str(reason)) from reason
    except KeyboardInterrupt:
        out.print()


async def _say(client: GatewayClient, text: str) -> None:
    async with client.connected():
        async for reply in client.exchange(text):
            typer.echo(json.dumps(_line(client, reply), ensure_ascii=False))


async def _talk(client: GatewayClient) -> None:
    async with client.connected():
        out.print(f"[dim]conversation {client.name}; Ctrl-C or an empty line ends it[/dim]")
        while text := await asyncio.to_thread(Prompt.ask, "[bold]you[/bold]", default="", show_default=False):
            async for reply in client.exchange(text):
                out.print(f"[cyan]{reply['sender']}[/cyan]  {reply['text']}", highlight=False)
                for number, button in enumerate(reply["buttons"], start=1):
                    out.print(f"       [green]{number}[/green] {button['title']}", highlight=False)


def _line(client: GatewayClient, reply: dict[str, Any]) -> dict[str, Any]:
    return {
        "text": reply["text"],
        "buttons": [button["title"] for button in reply["buttons"]],
        "language": reply["language"],
        "sender": reply["sender"],
        "seq": reply["seq"],
        "conversation": client.name,
    }
