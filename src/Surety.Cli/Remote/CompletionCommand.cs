using System.CommandLine;

namespace Surety.Cli;

/// <summary><c>surety completion</c>: scripts with which a shell asks <c>surety</c> itself what may follow.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _surety() { local IFS=$'\n'; COMPREPLY=($(compgen -W "$(surety "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}")); }
        complete -o default -F _surety surety
        """;

    private const string Zsh = """
        #compdef surety
        _surety() { local -a found; found=("${(@f)$(surety "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}"); compadd -a found || _files; }
        compdef _surety surety
        """;

    private const string Fish = """
        complete -c surety -a '(surety "[suggest:"(commandline -C)"]" (commandline -cp | string collect) 2>/dev/null)'
        """;

    public static Command Create(TextWriter output)
    {
        Argument<string> shell = new("shell") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Prints the completion script of a shell.\n\nExample:\n  source <(surety completion bash)") { shell };
        command.SetAction(result => output.WriteLine(result.GetValue(shell) switch { "zsh" => Zsh, "fish" => Fish, _ => Bash }));
        return command;
    }
}
