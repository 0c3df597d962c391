import java.io.FileInputStream;
import java.io.InputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Arguments: files, "--", and the conformance levels to hold each against ("ua1", "3a"). One line for each rule broken. */
public class Verify {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        int levels = java.util.Arrays.asList(arguments).indexOf("--");
        for (int each = 0; each < levels; each++) {
            for (int at = levels + 1; at < arguments.length; at++) {
                verify(arguments[each], arguments[at]);
            }
        }
    }

    private static void verify(String name, String level) throws Exception {
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(level);
        try (InputStream file = new FileInputStream(name);
                PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            System.out.println(level + " " + (result.isCompliant() ? "conforms" : "fails"));
            for (TestAssertion broken : result.getTestAssertions()) {
                System.out.println(level + " " + broken.getRuleId() + " " + broken.getMessage());
            }
        }
    }
}
