using System.Runtime.CompilerServices;
using System.Text;

namespace Surety.Lwm2m.Tests.Paths;

public sealed class Lwm2mPathTests
{
    [Theory]
    [InlineData("/", 0)]
    [InlineData("/0", 1)]
    [InlineData("/3", 1)]
    [InlineData("/65534", 1)]
    [InlineData("/3/0", 2)]
    [InlineData("/3/0/7", 3)]
    [InlineData("/3/0/7/1", 4)]
    [InlineData("/65534/65534/65534/65534", 4)]
    [InlineData("/0/0/0/0", 4)]
    public void A_path_is_read_and_written(string text, int level)
    {
        Assert.True(Lwm2mPath.TryParse(text, out Lwm2mPath path));
        Assert.True(Lwm2mPath.TryParse(Encoding.ASCII.GetBytes(text), out Lwm2mPath fromUtf8));
        Assert.Equal(path, fromUtf8);
        Assert.Equal(level, path.Level);
        Assert.Equal(level == 0, path.IsRoot);
        Assert.Equal(text, path.ToString());
        Assert.Equal(text, $"{path}");

        byte[] utf8 = new byte[Lwm2mPath.MaxTextLength];
        Assert.True(path.TryFormat(utf8, out int length));
        Assert.Equal(text, Encoding.ASCII.GetString(utf8, 0, length));
        Assert.False(path.TryFormat(new byte[text.Length - 1], out length));
        Assert.Equal(0, length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("//")]
    [InlineData("/3/")]
    [InlineData("/3//0")]
    [InlineData("/03")]
    [InlineData("/3/00")]
    [InlineData("/-1")]
    [InlineData("/+1")]
    [InlineData("/ 1")]
    [InlineData("/1 ")]
    [InlineData("/x")]
    [InlineData("/1.0")]
    [InlineData("/65535")]
    [InlineData("/65536")]
    [InlineData("/99999")]
    [InlineData("/100000")]
    [InlineData("/3/0/7/65535")]
    [InlineData("/1/2/3/4/5")]
    [InlineData("/1/2/3/4/")]
    [InlineData("/٣")]
    [InlineData("/18446744073709551619")]
    public void Other_text_is_no_path(string text)
    {
        Assert.False(Lwm2mPath.TryParse(text, out Lwm2mPath path));
        Assert.True(path.IsRoot);
        Assert.False(Lwm2mPath.TryParse(Encoding.UTF8.GetBytes(text), out _));
        Assert.Throws<FormatException>(() => Lwm2mPath.Parse(text));
    }

    [Fact]
    public void The_reserved_id_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lwm2mPath(65535));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lwm2mPath(3, 65535));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lwm2mPath(3).Append(65535));
        Assert.False(new Lwm2mPath(3).TryAppend(65535, out _));
        Assert.False(new Lwm2mPath(3).TryAppend(-1, out _));
    }

    [Fact]
    public void Ids_are_read_by_name_and_position()
    {
        Lwm2mPath path = new(3, 0, 7, 1);
        Assert.Equal((3, 0, 7, 1), (path.ObjectId, path.InstanceId, path.ResourceId, path.ResourceInstanceId));
        Assert.Equal([3, 0, 7, 1], Enumerable.Range(0, 4).Select(i => (int)path[i]));
        Assert.Throws<InvalidOperationException>(() => path[4]);
        Assert.Throws<InvalidOperationException>(() => path[-1]);
        Assert.Throws<InvalidOperationException>(() => Lwm2mPath.Root.ObjectId);
        Assert.Throws<InvalidOperationException>(() => new Lwm2mPath(3).InstanceId);
    }

    [Fact]
    public void A_path_grows_and_shrinks()
    {
        Lwm2mPath path = Lwm2mPath.Root.Append(3).Append(0).Append(7).Append(1);
        Assert.Equal(new Lwm2mPath(3, 0, 7, 1), path);
        Assert.Equal(new Lwm2mPath(3, 0, 7), path.Parent);
        Assert.Equal(Lwm2mPath.Root, path.Parent.Parent.Parent.Parent);
        Assert.Equal(Lwm2mPath.Root, Lwm2mPath.Root.Parent);
        Assert.Equal(new Lwm2mPath(3, 0), path.Truncate(2));
        Assert.Equal(path, path.Truncate(4));
        Assert.Equal(Lwm2mPath.Root, path.Truncate(0));
        Assert.Equal(new Lwm2mPath(3), new Lwm2mPath(3).Truncate(3));
        Assert.Throws<InvalidOperationException>(() => path.Append(1));
        Assert.False(path.TryAppend(1, out _));
        Assert.True(new Lwm2mPath(3).TryAppend("0"u8, out Lwm2mPath instance));
        Assert.Equal(new Lwm2mPath(3, 0), instance);
        Assert.False(new Lwm2mPath(3).TryAppend(""u8, out _));
        Assert.False(new Lwm2mPath(3).TryAppend("0x"u8, out _));
        Assert.False(new Lwm2mPath(3).TryAppend("65535"u8, out _));
    }

    [Theory]
    [InlineData("/3/0/7", "/", true)]
    [InlineData("/3/0/7", "/3", true)]
    [InlineData("/3/0/7", "/3/0", true)]
    [InlineData("/3/0/7", "/3/0/7", true)]
    [InlineData("/3/0/7", "/3/0/7/0", false)]
    [InlineData("/3/0/7", "/3/1", false)]
    [InlineData("/33", "/3", false)]
    [InlineData("/", "/0", false)]
    [InlineData("/0/0", "/0", true)]
    public void A_path_starts_with_its_ancestors(string path, string ancestor, bool expected)
    {
        Assert.Equal(expected, Lwm2mPath.Parse(path).StartsWith(Lwm2mPath.Parse(ancestor)));
        Assert.Equal(expected, Lwm2mPath.Parse(ancestor).Contains(Lwm2mPath.Parse(path)));
    }

    [Fact]
    public void Paths_sort_like_a_tree()
    {
        string[] sorted = ["/", "/0", "/0/0", "/0/0/0/0", "/0/1", "/2", "/3", "/3/0", "/3/0/1", "/3/0/1/0", "/3/0/1/9", "/3/0/2", "/3/0/10", "/3/1", "/20", "/65534"];
        Lwm2mPath[] paths = [.. sorted.Reverse().Select(p => Lwm2mPath.Parse(p))];
        Array.Sort(paths);
        Assert.Equal(sorted, paths.Select(p => p.ToString()));
        Assert.True(paths[0] < paths[1] && paths[1] > paths[0] && paths[0] <= paths[0] && paths[0] >= paths[0]);
    }

    [Fact]
    public void Equal_paths_have_equal_hashes_and_different_levels_are_different()
    {
        HashSet<Lwm2mPath> set = [default, new(0), new(0, 0), new(0, 0, 0), new(0, 0, 0, 0), Lwm2mPath.Root, new(0, 0)];
        Assert.Equal(5, set.Count);
    }

    [Fact]
    public void A_path_is_eight_bytes_and_is_read_and_written_without_allocation()
    {
        Assert.Equal(8, Unsafe.SizeOf<Lwm2mPath>());
        byte[] buffer = new byte[Lwm2mPath.MaxTextLength];
        bool isRead = true;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            isRead &= Lwm2mPath.TryParse("/3303/0/5700/1"u8, out Lwm2mPath path) && Lwm2mPath.TryParse("/3303/0/5700/1".AsSpan(), out _);
            isRead &= path.TryFormat(buffer, out _);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(isRead);
    }
}
