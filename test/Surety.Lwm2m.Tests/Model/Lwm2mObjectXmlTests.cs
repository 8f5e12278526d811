using System.Text;

namespace Surety.Lwm2m.Tests.Model;

public sealed class Lwm2mObjectXmlTests
{
    private const string Good = """
        <?xml version="1.0" encoding="UTF-8"?>
        <LWM2M xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
          <Object ObjectType="MODefinition">
            <Name>Valve
              Control</Name>
            <Description1><![CDATA[ignored & <unparsed>]]></Description1>
            <ObjectID>40001</ObjectID>
            <ObjectURN>urn:oma:lwm2m:x:40001:1.1</ObjectURN>
            <LWM2MVersion>1.1</LWM2MVersion>
            <ObjectVersion>1.1</ObjectVersion>
            <MultipleInstances>Multiple</MultipleInstances>
            <Mandatory>Optional</Mandatory>
            <Resources>
              <Item ID="2"><Name>Open</Name><Operations>RW</Operations><MultipleInstances>Single</MultipleInstances><Mandatory>Mandatory</Mandatory>
                <Type>Boolean</Type><RangeEnumeration></RangeEnumeration><Units></Units><Description>d</Description></Item>
              <Item ID="0"><Name>Flow</Name><Operations>R</Operations><MultipleInstances>Multiple</MultipleInstances><Mandatory>Optional</Mandatory>
                <Type>Unsigned Integer</Type><RangeEnumeration>0..100</RangeEnumeration><Units>l/s</Units></Item>
              <Item ID="5"><Name>Reset</Name><Operations>E</Operations><Type></Type></Item>
              <Item ID="6"><Name>Links</Name><Operations></Operations><Type>Corelnk</Type></Item>
            </Resources>
          </Object>
        </LWM2M>
        """;

    [Fact]
    public void A_definition_is_read()
    {
        ObjectModel model = Assert.Single(Read(Good));
        Assert.Equal("40001 (1.1) Valve Control", model.ToString());
        Assert.True(model.IsMultiple);
        Assert.False(model.IsMandatory);
        Assert.Equal(new ObjectVersion(1, 1), model.Lwm2mVersion);
        Assert.Equal(
            [
                new ResourceModel(0, "Flow", ResourceOperations.Read, true, false, ResourceType.UnsignedInteger, "0..100", "l/s"),
                new ResourceModel(2, "Open", ResourceOperations.Read | ResourceOperations.Write, false, true, ResourceType.Boolean, "", ""),
                new ResourceModel(5, "Reset", ResourceOperations.Execute, false, false, ResourceType.None, "", ""),
                new ResourceModel(6, "Links", ResourceOperations.None, false, false, ResourceType.CoreLink, "", ""),
            ],
            model.Resources);
    }

    [Fact]
    public void Several_objects_in_a_file_are_read()
    {
        string second = Good.Replace("40001", "40002", StringComparison.Ordinal);
        string both = Good.Replace("</LWM2M>", second[second.IndexOf("<Object ", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Equal([40001, 40002], Read(both).Select(m => (int)m.Id));
    }

    [Fact]
    public void A_definition_without_versions_is_version_1_0()
    {
        string text = Good
            .Replace("<LWM2MVersion>1.1</LWM2MVersion>", "", StringComparison.Ordinal)
            .Replace("<ObjectVersion>1.1</ObjectVersion>", "<ObjectVersion></ObjectVersion>", StringComparison.Ordinal);
        ObjectModel model = Assert.Single(Read(text));
        Assert.Equal((ObjectVersion.Default, ObjectVersion.Default), (model.Version, model.Lwm2mVersion));
    }

    [Theory]
    [InlineData("<ObjectID>40001</ObjectID>", "<ObjectID>65535</ObjectID>", "valve.xml, line 7: <ObjectID> is '65535'; use a number from 0 to 65534")]
    [InlineData("<ObjectID>40001</ObjectID>", "", "valve.xml, line 3: <ObjectID> is missing; add it")]
    [InlineData("<ObjectVersion>1.1<", "<ObjectVersion>one<", "valve.xml, line 10: <ObjectVersion> is 'one'; use a version such as 1.0")]
    [InlineData("<Type>Boolean</Type>", "<Type>Bool</Type>", "valve.xml, line 15: resource 2: the type 'Bool' is unknown; use one of None, String, Integer")]
    [InlineData("<Operations>RW<", "<Operations>RX<", "valve.xml, line 14: resource 2: the operations 'RX' are unknown; use R, W, RW, E or none")]
    [InlineData("<Item ID=\"0\">", "<Item ID=\"2\">", "valve.xml, line 16: resource 2 is defined twice; remove one")]
    [InlineData("<Item ID=\"0\">", "<Item>", "valve.xml, line 16: <Item> needs an attribute ID from 0 to 65534")]
    [InlineData("<MultipleInstances>Single<", "<MultipleInstances>One<", "valve.xml, line 14: <MultipleInstances> is 'One'; use Multiple or Single")]
    [InlineData("<LWM2M ", "<LWM2M2 ", "valve.xml, line 22: not acceptable XML: ")]
    [InlineData("<Object ", "<Objekt ", "valve.xml, line ")]
    [InlineData("<Name>Flow</Name>", "", "valve.xml, line 16: <Name> is missing; add it")]
    [InlineData("</LWM2M>", "", "valve.xml, line ")]
    public void What_is_wrong_is_named_with_file_line_and_remedy(string old, string with, string reason)
    {
        string text = Good.Replace(old, with, StringComparison.Ordinal);
        Assert.NotEqual(Good, text);
        Assert.StartsWith(reason, Refuse(text));
    }

    [Fact]
    public void A_document_type_is_refused_so_that_no_entity_can_expand_or_reach_out()
    {
        string bomb = "<!DOCTYPE LWM2M [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
        Assert.Contains("DTD", Refuse(Good.Replace("<LWM2M", bomb + "<LWM2M", StringComparison.Ordinal)));
        string external = "<!DOCTYPE LWM2M SYSTEM \"file:///etc/passwd\">";
        Assert.Contains("DTD", Refuse(Good.Replace("<LWM2M", external + "<LWM2M", StringComparison.Ordinal)));
    }

    [Fact]
    public void Sizes_are_bounded()
    {
        Assert.Contains("line", Refuse(Good.Replace("ignored", new string('x', Lwm2mObjectXml.MaxFileSize), StringComparison.Ordinal)));
        Assert.Contains("1024 characters; shorten it", Refuse(Good.Replace("Flow", new string('x', 1025), StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not XML")]
    [InlineData("<DDFList/>")]
    [InlineData("<LWM2M/>")]
    public void Other_files_are_refused(string text) => Assert.StartsWith("valve.xml, line ", Refuse(text));

    [Fact]
    public void A_folder_is_read_with_its_bad_files_named()
    {
        string folder = Directory.CreateTempSubdirectory("objects").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "a.xml"), Good);
            File.WriteAllText(Path.Combine(folder, "b.xml"), "<LWM2M>");
            File.WriteAllText(Path.Combine(folder, "c.xml"), Good.Replace("40001", "40003", StringComparison.Ordinal));
            File.WriteAllText(Path.Combine(folder, "readme.txt"), "ignored");
            Assert.Equal([40001, 40003], Lwm2mObjectXml.LoadFolder(folder, out IReadOnlyList<string> faults).Select(m => (int)m.Id));
            Assert.StartsWith("b.xml, line 1", Assert.Single(faults));
            Assert.Empty(Lwm2mObjectXml.LoadFolder(Path.Combine(folder, "none"), out faults));
            Assert.Empty(faults);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<ObjectModel> Read(string text)
    {
        List<ObjectModel> models = [];
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(text));
        Assert.True(Lwm2mObjectXml.TryRead(stream, "valve.xml", models, out string? reason), reason);
        return models;
    }

    private static string Refuse(string text)
    {
        List<ObjectModel> models = [];
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(text));
        Assert.False(Lwm2mObjectXml.TryRead(stream, "valve.xml", models, out string? reason));
        Assert.Empty(models);
        return reason;
    }
}
